"""What is expected of goldens, as Great Expectations suites over the profiles."""

from typing import Any

from goldsmith.config import UseCase

Expectation = dict[str, Any]


def _expect(check: str, kind: str, remedy: str, **kwargs: Any) -> Expectation:
    return {"type": f"expect_{kind}", "kwargs": kwargs, "meta": {"check": check, "remedy": remedy}}


def raw_suite(config: UseCase) -> list[Expectation]:
    """Expectations of raw records, whatever will be made of them."""
    columns = ["id", "split", "n_tokens", "n_tags", "illegal_tag", "n_entities", "has_text"]
    return [
        _expect("schema", "table_columns_to_match_set", "", column_set=columns, exact_match=True),
        _expect(
            "row count", "table_row_count_to_be_between",
            "give more goldens, or lower validation.min_rows", min_value=config.validation.min_rows,
        ),
        _expect("unique ids", "column_values_to_be_unique", "give every record an id of its own", column="id"),
        _expect(
            "tokens and tags of equal length", "column_pair_values_to_be_equal",
            "one tag a token: look at these records in the source", column_A="n_tokens", column_B="n_tags",
        ),
        _expect(
            "legal tags", "column_values_to_be_in_set",
            "a tag is O, B-label or I-label", column="illegal_tag", value_set=[""],
        ),
        _expect(
            "text present", "column_values_to_be_in_set",
            "drop records without words", column="has_text", value_set=[True],
        ),
        _expect(
            "record size", "column_values_to_be_between", "split long records, or raise validation.max_tokens",
            column="n_tokens", min_value=1, max_value=config.validation.max_tokens,
        ),
        _expect(
            "some entity", "column_max_to_be_between",
            "every tag is O: is source.reader.columns.tags the right column?", column="n_entities", min_value=1,
        ),
    ]  # fmt: skip


def support_suite(least: int, where: str, key: str) -> list[Expectation]:
    """Expectations of the support table of one split."""
    return [
        _expect(
            f"minimum support in {where}", "column_values_to_be_between",
            f"give more goldens of these labels, or lower validation.{key}",
            column="mentions", min_value=least,
        )
    ]  # fmt: skip
