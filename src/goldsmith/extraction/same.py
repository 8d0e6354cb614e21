"""When two writings are one value: by what the value is, and how strictly it is compared."""

from goldsmith.config.evaluation import FieldRule
from goldsmith.strings.amounts import amount
from goldsmith.strings.companies import company
from goldsmith.strings.dates import normal_date
from goldsmith.strings.distance import within
from goldsmith.strings.folding import fold
from goldsmith.strings.numbers import digits


def same(kind: str, first: str, second: str) -> bool:
    """Whether two writings are one value of a kind: text, date, amount or company.

    >>> same("amount", "RM 1,250.50", "1250.5"), same("date", "3 Feb 2021", "03/02/21")
    (True, True)
    >>> same("company", "Blue Lotus Sdn. Bhd.", "BLUE LOTUS"), same("text", "a  b", "A B")
    (True, True)
    """
    return canonical(kind, first) == canonical(kind, second)


def canonical(kind: str, value: str) -> str:
    """The one writing of a value, of an amount without its currency, of a company without its legal
    form, of a date in digits with the day first; of what is no date or amount, the folded text."""
    if kind == "date":
        return normal_date(value) or fold(value)
    if kind == "amount":
        found = amount(value)
        return digits(found.number.value) if found else fold(value)
    if kind == "company":
        return company(value).name
    return fold(value)


def right(rule: FieldRule, gold: str, found: str) -> bool:
    """Whether a found value counts under a field's rule."""
    if rule.compare == "exact":
        return gold == found
    return same(rule.value, gold, found) or (rule.compare == "edit" and near(rule, gold, found))


def near(rule: FieldRule, gold: str, found: str) -> bool:
    """Whether two values are within the rule's share of edits of each other."""
    first, second = canonical(rule.value, gold), canonical(rule.value, found)
    bound = int(rule.max_distance * max(len(first), len(second)))
    return within(first, second, bound) is not None
