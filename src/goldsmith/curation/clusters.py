"""cluster: documents that look alike and speak alike, by the layout and the words of their pages.

A document's features are two halves of equal weight: a grid of how densely its pages are covered with
words, and its words' TF-IDF, hashed and reduced. k-means divides them; of 2 to `most` clusters the
number with the best mean silhouette (Rousseeuw 1987) on a seeded sample wins, the least of equal ones.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from pydantic import BaseModel, ConfigDict

from goldsmith.errors import DataError
from goldsmith.records import OcrPage
from goldsmith.strings.folding import fold

ROWS, COLUMNS = 16, 12
HASHED, REDUCED = 2**12, 32  # dimensions of the words before and after reduction
# Documents on which numbers of clusters are compared, and of a cluster those to which distances are
# summed: silhouettes and medoids cost the square of their number.
SAMPLE = 1000
MOST = 20
TOP_WORDS = 5
_DIGITS = re.compile(r"\d")
# A word without the signs at its ends: 0/0, a-b and o'neil stay whole.
_WORD = re.compile(r"[^\W_]+(?:[/.'-][^\W_]+)*")


class Cluster(BaseModel):
    """Documents of one kind.

    Attributes:
        number: from 1, the largest first.
        medoid: the document with the least summed distance to the others, in a cluster of more than
            1,000 documents to a seeded sample of so many.
        words: without digits, those that most more of these documents hold than of all.
        documents: their ids, the nearest to the medoid first.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int
    medoid: str
    words: tuple[str, ...]
    documents: tuple[str, ...]


class Clusters(BaseModel):
    """What clustering came to.

    Attributes:
        sample: documents on which the numbers of clusters were compared.
        silhouettes: mean silhouette by number of clusters, -1..1; empty where the documents are too
            few, or all alike, to be divided.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    documents: int
    pages: int
    seed: int
    sample: int
    silhouettes: dict[int, float]
    clusters: tuple[Cluster, ...]


@dataclass(frozen=True)
class Divided:
    """The clusters of n documents, and what their pictures are drawn from.

    Attributes:
        found: what is reported.
        density: (c, 16, 12) mean coverage of each cluster's pages, its greatest value 1.
        places: (n, 2) the documents on the two axes along which they differ most.
        cluster: (n) number of each document's cluster.
        medoids: the pages of each cluster's medoid.
    """

    found: Clusters
    density: np.ndarray
    places: np.ndarray
    cluster: np.ndarray
    medoids: tuple[tuple[OcrPage, ...], ...]


def divide(pages: Iterable[OcrPage], seed: int = 13, most: int = MOST) -> Divided:
    """Divide documents into clusters; the same pages and seed give the same.

    Args:
        pages: of all documents, in any order.
        seed: of sample, reduction and k-means.
        most: greatest number of clusters that is tried, from 2.

    Raises:
        DataError: a page id twice.
    """
    by_document = _documents(pages)
    names, documents = list(by_document), list(by_document.values())
    density = np.stack([_density(one) for one in documents])
    words = [_words(one) for one in documents]
    features = np.hstack([_unit(np.sqrt(density)), _unit(_reduced(words, seed))])
    sample = _sample(len(names), seed)
    silhouettes = _silhouettes(features[sample], seed, most)
    count = max(silhouettes, key=silhouettes.__getitem__, default=1)
    order = _by_size(_labels(features, count, seed))
    members = [np.flatnonzero(order == place) for place in range(order.max() + 1)]
    members = [one[nearest_to_medoid(features[one], seed)] for one in members]
    support = Counter(word for several in words for word in several)
    clusters = tuple(
        Cluster(
            number=place + 1,
            medoid=names[int(one[0])],
            words=_telling([words[int(n)] for n in one], support, len(names)),
            documents=tuple(names[int(n)] for n in one),
        )
        for place, one in enumerate(members)
    )
    found = Clusters(
        documents=len(names), pages=sum(map(len, documents)), seed=seed, sample=len(sample),
        silhouettes={k: round(value, 4) for k, value in silhouettes.items()}, clusters=clusters,
    )  # fmt: skip
    means = np.stack([density[one].mean(axis=0) for one in members]).reshape(-1, ROWS, COLUMNS)
    medoids = tuple(tuple(documents[int(one[0])]) for one in members)
    return Divided(found, _to_one(means), _plane(features), order + 1, medoids)


def _documents(pages: Iterable[OcrPage]) -> dict[str, list[OcrPage]]:
    found: dict[str, list[OcrPage]] = defaultdict(list)
    seen: set[str] = set()
    for page in pages:
        if page.id in seen:
            raise DataError(f"page {page.id!r} stands twice: give each document an id of its own")
        seen.add(page.id)
        found[page.document_id].append(page)
    if not found:
        raise DataError("no page: there is nothing to divide into clusters")
    return {name: sorted(found[name], key=lambda page: page.page) for name in sorted(found)}


def _density(pages: Sequence[OcrPage]) -> np.ndarray:
    """(16 * 12) word area by cell, the mean over the pages; a word counts where its centre is."""
    total = np.zeros((ROWS, COLUMNS))
    for page in pages:
        if not page.words:
            continue
        boxes = np.array(page.boxes, dtype=np.float64)
        size = np.array([page.width or boxes[:, 2].max(), page.height or boxes[:, 3].max()])
        scaled = boxes.reshape(-1, 2, 2) / np.where(size > 0, size, 1)
        centre = scaled.mean(axis=1)
        column = np.clip(centre[:, 0] * COLUMNS, 0, COLUMNS - 1).astype(int)
        row = np.clip(centre[:, 1] * ROWS, 0, ROWS - 1).astype(int)
        np.add.at(total, (row, column), np.prod(scaled[:, 1] - scaled[:, 0], axis=1))
    return total.ravel() / len(pages)


def _words(pages: Sequence[OcrPage]) -> set[str]:
    written = (word for page in pages for text in page.words for word in _WORD.findall(fold(text)))
    return {_DIGITS.sub("0", word) for word in written}


def _reduced(words: Sequence[set[str]], seed: int) -> np.ndarray:
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction import FeatureHasher
    from sklearn.feature_extraction.text import TfidfTransformer

    hasher = FeatureHasher(HASHED, input_type="string", alternate_sign=False)
    hashed = TfidfTransformer().fit_transform(hasher.transform([sorted(one) for one in words]))
    size = min(REDUCED, len(words) - 1)
    if size < 1 or not hashed.nnz:
        return np.zeros((len(words), 1))
    reduced: np.ndarray = TruncatedSVD(size, random_state=seed).fit_transform(hashed)
    return reduced


def _unit(rows: np.ndarray) -> np.ndarray:
    """Rows of length 1; those of nothing get a direction of their own, equally far from all others."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.hstack([rows / np.where(norms > 0, norms, 1), norms == 0])


def _sample(size: int, seed: int) -> np.ndarray:
    chosen = np.random.default_rng(seed).permutation(size)[:SAMPLE]
    return np.sort(chosen)


def _silhouettes(features: np.ndarray, seed: int, most: int) -> dict[int, float]:
    from sklearn.metrics import silhouette_score

    # Equal documents can stand in one cluster only.
    distinct = len(np.unique(features.round(9), axis=0))
    highest = min(most, distinct, len(features) - 1)
    return {
        k: float(silhouette_score(features, _labels(features, k, seed)))
        for k in range(2, highest + 1)
    }


def _labels(features: np.ndarray, count: int, seed: int) -> np.ndarray:
    from sklearn.cluster import KMeans

    found: np.ndarray = KMeans(count, n_init=4, random_state=seed).fit_predict(features)
    return found


def _by_size(labels: np.ndarray) -> np.ndarray:
    """(n) the same clusters numbered from 0 by size, of equal ones that of the first document first."""
    names, first, sizes = np.unique(labels, return_index=True, return_counts=True)
    rank = {int(names[n]): place for place, n in enumerate(np.lexsort((first, -sizes)))}
    return np.array([rank[int(one)] for one in labels])


def nearest_to_medoid(features: np.ndarray, seed: int) -> np.ndarray:
    """(m) the members of a cluster, the medoid first, the others by their distance to it.

    Args:
        features: (m, d) of the members, ordered by name.
        seed: of the sample to which distances are summed, where there are more members than that.
    """
    others = features[_sample(len(features), seed)]
    summed = np.array([np.linalg.norm(others - one, axis=1).sum() for one in features])
    return np.argsort(np.linalg.norm(features - features[summed.argmin()], axis=1), kind="stable")


def _telling(words: Sequence[set[str]], support: Counter[str], total: int) -> tuple[str, ...]:
    held = Counter(word for one in words for word in one)
    gain = {word: count / len(words) - support[word] / total for word, count in held.items()}
    telling = (word for word in gain if gain[word] > 0 and len(word) > 1 and "0" not in word)
    ranked = sorted(telling, key=lambda word: (-gain[word], word))
    return tuple(ranked[:TOP_WORDS])


def _to_one(grids: np.ndarray) -> np.ndarray:
    top = grids.max(axis=(1, 2), keepdims=True)
    return grids / np.where(top > 0, top, 1)


def _plane(features: np.ndarray) -> np.ndarray:
    centred = features - features.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    plane = np.zeros((len(features), 2))
    along = centred @ axes[:2].T
    plane[:, : along.shape[1]] = along
    return plane
