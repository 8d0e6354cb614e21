"""Words and numbers that fill the slots of the financial wordings, all drawn from one Random."""

from collections.abc import Callable, Mapping
from random import Random
from typing import NamedTuple


class Wordings(NamedTuple):
    """The wordings of one pool: sentence cores and optional tails by topic, and openings.

    `own` opens a sentence on the filer's own debt; `others` one on the debt of a third party,
    whose numbers carry no tag although they are worded just as the filer's. A contrast takes
    the place of a tail and sets a third party's debt beside the debt that the core is about.
    """

    cores: Mapping[str, tuple[str, ...]]
    tails: Mapping[str, tuple[str, ...]]
    contrasts: tuple[str, ...]
    own: tuple[str, ...]
    others: tuple[str, ...]


class Lexicon(NamedTuple):
    """The words of one pool; `names` are of companies, and no company is in two pools."""

    names: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]


class Style(NamedTuple):
    """What stays the same throughout one filing."""

    name: str  # of the company that files
    subject: str  # how the filing calls that company: "the Company", "we" or its name
    unit: str  # "millions", "thousands" (a table heading says so) or "full"
    percent: str  # the token after a rate


Phrase = tuple[list[str], int]
"""Tokens of a number phrase and how many of them, after a leading "$", are the number itself.

Most filings count in millions, so "million" says nothing and stays outside the number, as in
FiNER-139; "billion" changes the number and is its second token.
"""

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)

TRAIN_LEXICON = Lexicon(
    names=(
        "Halden Industries", "Corvale Energy", "Brightmoor Holdings", "Tessaly Foods",
        "Ostrander Realty Trust", "Kestrel Bay Logistics", "Marlowe Paper", "Quillon Therapeutics",
        "Pinecrest Hotels", "Dunmore Steel", "Averill Networks", "Solway Chemicals",
        "Greyfield Partners", "Norwick Retail Group", "Lathrop Aerospace", "Vantor Systems",
        "Elmsford Water", "Carrow Midstream", "Stonebridge Dental", "Hollins Packaging",
    ),
    words={
        "facility": ("revolving credit facility", "Revolving Facility", "line of credit",
                     "senior secured revolver", "ABL Facility", "working capital facility"),
        "agreement": ("Credit Agreement", "Amended and Restated Credit Agreement",
                      "Loan Agreement", "Second Amendment"),
        "loan": ("term loan", "Term Loan B", "term loan facility", "bridge loan"),
        "notes": ("senior notes", "senior unsecured notes", "Convertible Notes",
                  "senior secured notes", "subordinated notes"),
        "base": ("LIBOR", "one - month LIBOR", "the Eurodollar rate", "LIBOR", "adjusted LIBOR"),
        "prime": ("the prime rate", "the base rate", "the ABR", "Prime"),
        "lender": ("First Harbor Bank", "Caldwell National Bank", "Meridian Trust",
                   "Union Lakes Bank", "Penrose Bank , N.A."),
        "metric": ("leverage ratio", "consolidated leverage ratio", "net debt to EBITDA ratio"),
        "outsider": ("a tenant", "a customer", "an unconsolidated joint venture", "a competitor",
                     "a supplier", "the buyer of a division", "an equity method investee",
                     "a lessor", "the largest customer", "a borrower"),
        "plus": ("plus", "plus", "plus a margin of", "increased by", "with a mark - up of",
                 ", to which is added", "together with an applicable spread of"),
        "often": ("quarterly", "semi - annually", "monthly"),
        "quarter": ("quarter", "six months", "fiscal year"),
        "place": ("Dallas", "Ohio", "Phoenix", "Tampa"),
    },
)  # fmt: skip

VALIDATION_LEXICON = Lexicon(
    names=("Penhallow Mining", "Aldgate Media", "Rosswell Marine", "Tidemark Insurance",
           "Cobham Tools", "Ferndale Auto Parts", "Wexcombe Solar", "Ingleby Brands"),
    words={
        "facility": ("unsecured credit line", "revolving loan facility", "warehouse facility"),
        "agreement": ("Financing Agreement", "Third Amendment"),
        "loan": ("term advance", "Tranche A loan"),
        "notes": ("guaranteed notes", "private placement notes"),
        "base": ("the London interbank offered rate", "three - month LIBOR"),
        "prime": ("the bank 's prime rate", "the reference rate"),
        "lender": ("Ashby Savings Bank", "Trentham Capital"),
        "metric": ("total net leverage ratio", "fixed charge ratio"),
        "outsider": ("a distributor", "a minority holding", "a rival bidder"),
        "plus": ("plus a mark - up of", "and a premium of"),
        "often": ("every six months", "each quarter"),
        "quarter": ("nine months", "period"),
        "place": ("Denver", "Quebec"),
    },
)  # fmt: skip

TEST_LEXICON = Lexicon(
    names=("Thornbury Devices", "Castellan Freight", "Wyndmere Properties", "Orrin Biologics",
           "Saltmarsh Gas", "Larkhill Software", "Bexley Farms", "Drummond Castings",
           "Ravensworth Gaming", "Mossgate Utilities", "Fairlight Cable", "Ulverton Shipping"),
    words={
        "facility": ("multicurrency revolver", "standby credit facility", "bank facility",
                     "receivables facility", "floor plan facility", "secured borrowing base line"),
        "agreement": ("Facility Agreement", "Fifth Amendment", "Note and Loan Agreement"),
        "loan": ("incremental loan", "second lien loan", "Term A facility"),
        "notes": ("debentures", "medium - term notes", "exchangeable notes", "green bonds"),
        "base": ("SOFR", "Term SOFR", "EURIBOR", "the adjusted LIBO rate", "SONIA"),
        "prime": ("the alternate base rate", "the Canadian prime rate", "the corporate base rate"),
        "lender": ("Hartwell Mutual", "Banque Rivelle", "Osprey Credit Partners"),
        "metric": ("secured leverage test", "gearing ratio", "debt service cover"),
        "outsider": ("a major customer", "a tenant", "a joint venture", "an unrelated issuer",
                     "a supplier", "a landlord", "a rival", "an associated company"),
        "plus": ("+", "with the addition of", "and a supplement of", "plus"),
        "often": ("twice a year", "in March and September", "at the end of each month"),
        "quarter": ("thirteen weeks", "first half", "transition period"),
        "place": ("Leeds", "Nevada", "Lyon", "Oslo"),
    },
)  # fmt: skip


def day(draw: Random) -> str:
    """Return a date as FiNER-139 tokenises it: "March 31 , 2019"."""
    return f"{draw.choice(MONTHS)} {draw.randint(1, 28)} , {draw.randint(2014, 2023)}"


def when(draw: Random) -> str:
    """Return an adverbial of time."""
    year = draw.randint(2014, 2023)
    ordinal = draw.choice(("first", "second", "third", "fourth"))
    month = draw.choice(MONTHS)
    return draw.choice(
        (f"on {day(draw)}", f"in {month} {year}", f"in the {ordinal} quarter of {year}")
    )


def rate(low: float, high: float) -> Callable[[Random, Style], Phrase]:
    """Return a maker of rates between two bounds: "2.25 %", "4 %", "3.875 %"."""

    def make(draw: Random, style: Style) -> Phrase:
        eighths = draw.randint(round(low * 8), round(high * 8)) / 8
        finer = draw.randint(round(low * 100), round(high * 100)) / 100
        value = draw.choice((f"{eighths:.2f}", f"{eighths:g}", f"{finer:.2f}", f"{finer:.1f}"))
        if eighths * 4 % 1 and value == f"{eighths:.2f}":
            value = f"{eighths:.3f}"  # an eighth has three decimals: 2.125, not 2.12
        return [value, style.percent], 1

    return make


def spread(low: float, high: float) -> Callable[[Random, Style], Phrase]:
    """Return a maker of spreads between two bounds, now and then in basis points."""
    in_percent = rate(low, high)

    def make(draw: Random, style: Style) -> Phrase:
        if draw.random() < 0.15:
            return [str(5 * draw.randint(round(low * 20), round(high * 20))), "basis", "points"], 1
        return in_percent(draw, style)

    return make


def money(draw: Random, style: Style) -> Phrase:
    """Make an amount in the filing's unit: "$ 250.0 million", "$ 1.5 billion", "$ 40,000,000"."""
    if style.unit == "millions" and draw.random() < 0.3:
        return ["$", f"{draw.randint(10, 48) / 10:.1f}", "billion"], 2
    return _in_unit(5 * draw.randint(1, draw.choice((20, 60, 180))), draw, style)


def cost(draw: Random, style: Style) -> Phrase:
    """Make an amount of costs or interest, smaller than a principal."""
    return _in_unit(draw.randint(1, 45), draw, style)


def _in_unit(millions: int, draw: Random, style: Style) -> Phrase:
    if style.unit == "millions":
        tenths = draw.choice((0, draw.randint(1, 9)))
        return ["$", draw.choice((f"{millions}", f"{millions}.{tenths}")), "million"], 1
    thousands = f"{millions * 1000 + draw.choice((0, 0, draw.randint(1, 999))):,}"
    return ["$", thousands if style.unit == "thousands" else f"{thousands},000"], 1


def price(draw: Random, style: Style) -> Phrase:
    """Make a price per share: "$ 17.35"."""
    return ["$", f"{draw.randint(150, 9000) / 100:.2f}"], 1


def shares(draw: Random, style: Style) -> Phrase:
    """Make a number of shares: "1,250,000"."""
    return [f"{draw.randint(40, 9000) * draw.choice((500, 1000)):,}"], 1


def count(draw: Random, style: Style) -> Phrase:
    """Make a small number of years, as a word or a figure."""
    return [draw.choice(("three", "five", "seven", "10", "12", "20", "30"))], 1


def ratio(draw: Random, style: Style) -> Phrase:
    """Make a covenant's ratio: "3.50 to 1.00" or "3.50 x"."""
    value = f"{draw.randint(4, 26) / 4:.2f}"
    return [value, *draw.choice((("to", "1.00"), (":", "1.00"), ("x",)))], 1


# The bounds overlap on purpose: a rate's size must not give its tag away.
NUMBERS: Mapping[str, Callable[[Random, Style], Phrase]] = {
    "capacity": money,
    "amount": money,
    "cost": cost,
    "spread": spread(0.5, 5.0),
    "spread_low": spread(0.5, 2.0),
    "spread_high": spread(2.125, 5.0),
    "coupon": rate(0.5, 11.0),
    "coupon_low": rate(0.5, 4.0),
    "coupon_high": rate(4.125, 11.0),
    "effective": rate(1.5, 12.0),
    "rate": rate(1.0, 9.0),
    "pct": rate(0.5, 9.0),
    "fee": rate(0.125, 0.75),
    "share": rate(5.0, 100.0),
    "price": rate(97.0, 106.0),
    "money": price,
    "shares": shares,
    "number": count,
    "ratio": ratio,
}
