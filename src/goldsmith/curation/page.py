"""The figures of goldens as one offline page."""

from importlib.resources import files

from goldsmith.curation.stats import Stats
from goldsmith.reporting.bars import bars_picture, histogram_picture, legend

TEMPLATE = "goldens.html.j2"


def page(found: Stats, title: str) -> str:
    """The page; the same figures give the same text."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from markupsafe import Markup

    folder = files("goldsmith.reporting")
    environment = Environment(
        loader=FunctionLoader(lambda name: folder.joinpath(name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    parts = list(found.splits)
    shades = dict(legend(parts))
    return environment.get_template(TEMPLATE).render(
        title=title,
        stats=found,
        cards=_cards(found),
        legend=legend(parts),
        bars=Markup(bars_picture("Targets by label and split", found.labels, parts)),
        lengths=[
            (name, one, Markup(_histogram(name, one.bins, found.step, shades[name])))
            for name, one in found.lengths.items()
        ],
    )


def _histogram(name: str, bins: tuple[int, ...], step: int, colour: str) -> str:
    return histogram_picture(f"Records by length in words, {name}", bins, step, colour)


def _cards(found: Stats) -> list[tuple[str, str, str]]:
    repeats = found.repeats
    cards = [(f"records, {name}", f"{count:,}", "") for name, count in found.splits.items()]
    cards.append(
        ("documents", f"{found.documents:,}", f"{found.without_document:,} records without one")
    )
    cards.append(("labels", f"{len(found.labels):,}", ""))
    cards.append(
        ("without a label", f"{found.unlabelled_share:.1%}", f"{found.unlabelled:,} records")
    )
    cards.append(("duplicates", f"{repeats.duplicates:,}", "surplus records"))
    cards.append(("conflicts", f"{repeats.conflicts:,}", f"on {repeats.conflicting:,} records"))
    return cards
