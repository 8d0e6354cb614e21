"""Judging what an extraction system found: values compared, documents scored, both sides checked.

Knows no store and no registry; `stages.extraction` and `goldsmith evaluate-extraction` call it.
"""
