"""Proof of the data contract: known faults put into clean goldens, and what became of them.

`python -m tests.faults` prints the table; `clean` makes the goldens, `injectors` the faults,
`running` sends them through the pipeline's own stages, `judging` compares what was named with
what was injected.
"""
