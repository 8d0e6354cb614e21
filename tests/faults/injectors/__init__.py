"""The fault injectors, by what they are put into."""

from tests.faults.injectors import drifting, fields, files, queries, questions, tagging, texts
from tests.faults.injectors.base import Fault

FAULTS: tuple[Fault, ...] = (
    *files.FAULTS,
    *tagging.FAULTS,
    *texts.FAULTS,
    *questions.FAULTS,
    *queries.FAULTS,
    *fields.FAULTS,
    *drifting.FAULTS,
)
