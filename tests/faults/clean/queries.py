"""Queries on a small library of abstracts, with graded judgements."""

from random import Random

from tests.faults.goldens import Goldens, Row, split_of

SUBJECTS = (
    "heat transfer", "laminar flow", "thin shells", "supersonic wings", "boundary layers", "wind tunnels",
    "rotor blades", "shock waves", "composite slabs", "jet noise", "flutter", "re-entry vehicles",
    "lifting surfaces", "gas bearings", "slender bodies", "naïve lattice models",
)  # fmt: skip
METHODS = (
    "by finite differences", "with the Kármán–Pohlhausen method", "in free flight", "by series expansion",
    "under random loads", "at Mach numbers from {n} to {m}", "by the analogue of an electric network",
    "in helium", "by least squares", "with a model of {n} cm", "after Prandtl and Blasius",
)  # fmt: skip
FINDINGS = (
    "The drag falls by {n} % when the nose is blunted.", "Theory and test agree within {n} per cent.",
    "The solution is unstable beyond a Reynolds number of {m}00.", "Ångström-sized roughness has no effect.",
    "No influence of the angle of attack was found below {n}°.", "Buckling sets in at {m} kg/cm².",
    "The rate of cooling depends on the square root of the length.", "Skin friction is doubled by {n} jets.",
    "An exact solution exists for the two-dimensional case.", "The tables give values for {m} stations.",
    "Earlier reports overestimate the pressure behind the step.", "Damping grows with the {n}th power.",
)  # fmt: skip
ASKED = (
    "what is known about {s} studied {k}", "how were {s} investigated {k}", "are there tests of {s} {k}",
    "papers on {s} {k} .", "has anyone treated {s} {k} ?",
)  # fmt: skip


def retrieval(seed: int = 4, documents: int = 220, queries: int = 84) -> Goldens:
    """Queries without a document of their own, split by place; documents in no split."""
    draw = Random(seed)
    corpus = [_document(number, draw) for number in range(documents)]
    by_subject = {name: [one for one in corpus if name in one["title"]] for name in SUBJECTS}
    rows: list[Row] = []
    seen: set[str] = set()
    while len(rows) < queries:
        subject = draw.choice(SUBJECTS)
        method = draw.choice(METHODS).format(n=draw.randint(2, 9), m=draw.randint(10, 99))
        text = draw.choice(ASKED).format(s=subject, k=method)
        if text in seen:
            continue
        seen.add(text)
        found = draw.sample(by_subject[subject], min(draw.randint(1, 6), len(by_subject[subject])))
        relevant = [
            {"document_id": one["document_id"], "grade": draw.randint(1, 3)} for one in found
        ]
        number = len(rows)
        rows.append(
            {"id": f"{number + 1}", "text": text, "relevant": relevant, "split": split_of(number)}
        )
    return Goldens("retrieval", "query", rows, corpus)


def _document(number: int, draw: Random) -> Row:
    subject, method = SUBJECTS[number % len(SUBJECTS)], draw.choice(METHODS)
    sentences = draw.sample(FINDINGS, draw.randint(2, 5))
    figures = {"n": draw.randint(2, 9), "m": draw.randint(10, 99)}
    title = f"On {subject} {method}".format(**figures)
    text = " ".join([f"{title} (report {number}).", *sentences]).format(**figures)
    return {"document_id": f"d{number:03d}", "title": title, "text": text}
