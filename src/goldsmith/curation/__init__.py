"""Work on goldens as goldens: counting, sampling, settling, merging and placing them, one verb a file.

Works on records of any type, whatever they were read from; knows no stage and no command.
"""
