"""From both sides to scores: what the stage and the command without a use case share."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from goldsmith.config.evaluation import FieldRule
from goldsmith.errors import ConfigError, DataError
from goldsmith.extraction.checks import known_fields, usable
from goldsmith.extraction.matching import Judged, judge
from goldsmith.extraction.scores import FieldScores, score
from goldsmith.records import Field


class Scored(NamedTuple):
    """Every document with goldens, judged and counted."""

    judged: list[Judged]
    scores: FieldScores
    fields: list[str]


def score_sides(
    goldens: Sequence[Field],
    results: Sequence[Field],
    rules: Mapping[str, FieldRule],
    clusters: Mapping[str, str] | None = None,
) -> Scored:
    """Judge the results of every document that has goldens; those of others are left out.

    Args:
        goldens, results: values of both sides.
        rules: by field.
        clusters: of layouts, by document.
    """
    fields = known_fields(goldens, rules)
    gold, found = (_by_document(usable(side, fields)) for side in (goldens, results))
    judged = [judge(name, values, found.get(name, []), rules) for name, values in gold.items()]
    return Scored(judged, score(judged, fields, clusters), fields)


def _by_document(fields: Iterable[Field]) -> dict[str, list[Field]]:
    found: dict[str, list[Field]] = {}
    for one in fields:
        found.setdefault(one.document_id, []).append(one)
    return found


def read_clusters(path: Path | None) -> dict[str, str]:
    """Cluster by document id, as `cluster N`; empty without a file.

    Args:
        path: what `goldsmith goldens cluster` wrote, or a JSON object of document id to cluster.

    Raises:
        ConfigError: it cannot be read.
        DataError: not JSON, or neither of the two.
    """
    if path is None:
        return {}
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise DataError(f"{path}: not JSON: {error}") from None
    if isinstance(value, dict) and isinstance(value.get("clusters"), list):
        try:
            value = {name: one["number"] for one in value["clusters"] for name in one["documents"]}
        except (KeyError, TypeError):
            raise DataError(f"{path}: not what `goldsmith goldens cluster` writes") from None
    if not isinstance(value, dict) or not all(isinstance(one, int | str) for one in value.values()):
        raise DataError(f"{path}: a JSON object of document id to cluster is needed")
    return {str(one): f"cluster {cluster}" for one, cluster in value.items()}
