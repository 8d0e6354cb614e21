"""What a model is worth beside its yardsticks, in plain words."""

from goldsmith.reporting.data import ReportData, YardstickRow

SPEAKS_FOR_ITSELF = "training bought nothing that these records show"


def headline(data: ReportData) -> str:
    """The first yardstick's figure, as the end of a sentence."""
    first = data.yardstick
    if first is None or data.primary not in first.metrics:
        return "there is no yardstick beside it"
    return f"that of {first.phrase} is {first.metrics[data.primary]:.3f}"


def finding(data: ReportData) -> str:
    """The sentence that a person must not miss; empty where the model is better than all of them."""
    return " ".join(
        _no_better(data, one) for one in data.yardsticks if one.gain and not one.gain.better
    )


def difference(data: ReportData, one: YardstickRow) -> str:
    """What the model has more than a yardstick, with its interval."""
    if one.gain is None:
        return f"{data.value - one.metrics.get(data.primary, 0.0):+.3f}"
    return f"{one.gain.mean:+.3f} (95 % interval {one.gain.low:+.3f} to {one.gain.high:+.3f})"


def significance(one: YardstickRow) -> str:
    """Whether the model is better than a yardstick beyond chance, in words; empty where nobody can
    tell."""
    if one.gain is None:
        return ""
    return "significant" if one.gain.better else "not significantly better"


def _no_better(data: ReportData, one: YardstickRow) -> str:
    assert one.gain is not None
    word = "Worse" if one.gain.high < 0 else "No better"
    return (
        f"{word} than {one.phrase}, with {data.primary} {one.metrics[data.primary]:.3f} on the "
        f"same records: the difference is {difference(data, one)}; {SPEAKS_FOR_ITSELF}."
    )
