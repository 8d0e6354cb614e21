"""Clusters of documents as one offline page: the map, and of each its density and its medoid."""

from collections.abc import Sequence
from html import escape
from importlib.resources import files

import numpy as np

from goldsmith.curation.clusters import COLUMNS, ROWS, Divided
from goldsmith.records import OcrPage
from goldsmith.reporting import svg
from goldsmith.reporting.pictures import PHASE_COLOURS
from goldsmith.reporting.svg import LINE, MUTED

TEMPLATE = "clusters.html.j2"
WIDTH = 220.0
LONGEST = 1.8  # a page's height by its width, of which no more is drawn
SHOWN = 30  # documents that are named of a cluster


def page(divided: Divided, title: str) -> str:
    """The page; the same clusters give the same text."""
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
    found = divided.found
    pictures = zip(divided.density, divided.medoids, strict=True)
    rows = [
        (one, colour(one.number), Markup(density_picture(grid)), Markup(page_picture(pages[0])))
        for one, (grid, pages) in zip(found.clusters, pictures, strict=True)
    ]
    return environment.get_template(TEMPLATE).render(
        title=title,
        found=found,
        rows=rows,
        shown=SHOWN,
        map=Markup(map_picture(divided.places, divided.cluster)),
    )


def colour(number: int) -> str:
    """The colour of a cluster; there are five, which come again."""
    return PHASE_COLOURS[(number - 1) % len(PHASE_COLOURS)]


def map_picture(places: np.ndarray, clusters: Sequence[int] | np.ndarray) -> str:
    """n documents on the two axes along which they differ most, each with its cluster's number.

    Args:
        places: (n, 2).
        clusters: n numbers from 1.
    """
    width, height, edge = 720.0, 420.0, 16.0
    low = places.min(axis=0)
    spread = np.where(np.ptp(places, axis=0) > 0, np.ptp(places, axis=0), 1)
    at = edge + (places - low) / spread * (np.array([width, height]) - 2 * edge)
    parts = [
        svg.text((round(x, 1), round(height - y, 1)), str(number), "middle", colour(number), 10)
        for (x, y), number in zip(at.tolist(), map(int, clusters), strict=True)
    ]
    return svg.element(width, height, "Documents by cluster", parts)


def density_picture(grid: np.ndarray) -> str:
    """Where the words of a cluster's pages stand: (16, 12) values of 0..1, dark where they are dense."""
    cell, tall = WIDTH / COLUMNS, WIDTH * 1.3 / ROWS
    parts = [svg.box((0, 0), (WIDTH, ROWS * tall), MUTED, 0.06, 2)]
    for row, values in enumerate(grid.tolist()):
        for column, value in enumerate(values):
            if value > 0:
                corner = (round(column * cell, 1), round(row * tall, 1))
                shade = round(0.1 + 0.9 * value, 3)
                parts.append(svg.box(corner, (cell, tall), PHASE_COLOURS[0], shade, 0))
    return svg.element(WIDTH, ROWS * tall, "Density of words", parts, least=0)


def page_picture(found: OcrPage) -> str:
    """The boxes of a page's words, each with its text to be read on it."""
    right = found.width or max((box[2] for box in found.boxes), default=1.0) or 1.0
    bottom = found.height or max((box[3] for box in found.boxes), default=1.0) or 1.0
    tall = WIDTH * min(LONGEST, bottom / right)
    parts = [svg.box((0, 0), (WIDTH, tall), LINE, 0.5, 2)]
    for word, (left, top, end, low) in zip(found.words, found.boxes, strict=True):
        x, y = round(left / right * WIDTH, 1), round(top / bottom * tall, 1)
        size = (max((end - left) / right * WIDTH, 1), max((low - top) / bottom * tall, 1))
        drawn = svg.box((x, y), size, PHASE_COLOURS[0], 0.45, 1)
        parts.append(f"<g><title>{escape(word)}</title>{drawn}</g>")
    return svg.element(
        WIDTH, round(tall, 1), f"Page {found.page} of {found.document_id}", parts, least=0
    )
