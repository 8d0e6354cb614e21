"""Clean goldens of every record type, from seeded code: what the faults are put into."""

from tests.faults.clean.fields import receipts
from tests.faults.clean.queries import retrieval
from tests.faults.clean.questions import policies
from tests.faults.clean.tagging import debt_figures, names
from tests.faults.clean.texts import messages

__all__ = ["debt_figures", "messages", "names", "policies", "receipts", "retrieval"]
