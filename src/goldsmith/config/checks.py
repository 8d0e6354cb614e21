"""The checks of the data contract: what each is called, where it applies, and its default bound.

The one table of them: suites are made from it, use cases change it (`validation.checks`), and the
documentation is held to it by a test.
"""

from typing import Literal, NamedTuple

Severity = Literal["error", "warn"]

TAGGED, LABELLED, QUESTION, QUERY, FIELD, PAGE = (
    "tagged_tokens",
    "labelled_text",
    "question",
    "query",
    "field",
    "ocr_page",
)


class Default(NamedTuple):
    """A check as it is without any word of the use case.

    Attributes:
        title: what it asks, in words.
        remedy: what to do about a fault.
        severity: error stops the run beyond the bound; warn never does.
        max_share: the bound: the greatest share of faulty rows that passes with a warning.
        kinds: the record types it applies to; empty: all.
        stage: raw, or prepared (after prepare).
    """

    title: str
    remedy: str
    severity: Severity = "error"
    max_share: float = 0.0
    kinds: tuple[str, ...] = ()
    stage: Literal["raw", "prepared"] = "raw"


_SOURCE = "look at these records in the source"
CHECKS: dict[str, Default] = {
    "schema": Default("columns as the record type says", ""),
    "row_count": Default("enough records", "give more goldens, or lower validation.min_rows"),
    "unique_ids": Default("unique ids", "give every record an id of its own"),
    "empty_text": Default(
        "text present", "prepare leaves them out; drop them in the source", max_share=0.01
    ),
    "oversized_text": Default(
        "record size",
        "split long records, or raise validation.max_tokens and max_chars",
        max_share=0.01,
    ),
    "replacement_characters": Default(
        "no U+FFFD",
        "the text was damaged before it came here: read the source in its own encoding",
        max_share=0.01,
    ),
    "mojibake": Default(
        "no mojibake",
        "UTF-8 was read as Latin-1 or cp1252 upstream: read the source in its own encoding",
        max_share=0.01,
    ),
    "control_characters": Default(
        "no control characters", "prepare.clean removes them", max_share=0.05
    ),
    "zero_width": Default("no zero-width characters", "prepare.clean removes them", max_share=0.05),
    "language": Default(
        "in validation.language", "drop texts in other languages, or name those languages", "warn"
    ),
    "duplicates": Default(
        "no record twice", "prepare.on_duplicate says which copy stays", "warn"
    ),
    "conflicts": Default(
        "equal inputs labelled alike",
        "prepare.on_conflict says what becomes of them; `goldsmith goldens conflicts` shows them",
        "warn",
        kinds=(TAGGED, LABELLED, FIELD),
    ),
    "label_set": Default(
        "one name a label",
        "write each label in one way (prepare.map_labels), and list new ones in validation.labels",
    ),
    "some_entity": Default(
        "some entity", "every tag is O: is source.reader.columns.tags the right column?",
        kinds=(TAGGED,),
    ),
    "equal_lengths": Default(
        "tokens and tags of equal length", f"one tag a token: {_SOURCE}", kinds=(TAGGED,)
    ),
    "legal_tags": Default(
        "legal tags", "a tag is O, B-label or I-label (source.reader.scheme reads others)",
        kinds=(TAGGED,),
    ),
    "dangling_inside": Default(
        "no I- without a beginning", f"tags may have slipped: {_SOURCE}", max_share=0.01,
        kinds=(TAGGED,),
    ),
    "empty_tokens": Default(
        "no empty token", f"the tokeniser left gaps: {_SOURCE}", max_share=0.01, kinds=(TAGGED,)
    ),
    "half_tagged_numbers": Default(
        "numbers tagged whole", "tag all tokens of a number, or none", max_share=0.02,
        kinds=(TAGGED,),
    ),
    "odd_entities": Default(
        "entities like others of their label",
        f"a sign, a function word, or a word among numbers is tagged: {_SOURCE}",
        max_share=0.05,
        kinds=(TAGGED,),
    ),
    "values_on_page": Default(
        "gold values stand on the pages of their document",
        "recognition misread these, or the gold value is written in another way: prepare leaves these "
        "pages out",
        max_share=0.05, kinds=(TAGGED,),
    ),
    "empty_label": Default("label present", "label these records, or drop them", kinds=(LABELLED,)),
    "label_in_text": Default(
        "texts are no labels", "are the columns of text and label swapped?", max_share=0.01,
        kinds=(LABELLED,),
    ),
    "empty_question": Default("question present", _SOURCE, kinds=(QUESTION,)),
    "answer_offsets": Default(
        "answers are slices of their context",
        "offsets count Unicode code points of the context as it stands in the file",
        max_share=0.005,
        kinds=(QUESTION,),
    ),
    "empty_answer": Default("answers not empty", _SOURCE, kinds=(QUESTION,)),
    "no_answer_consistent": Default(
        "impossible questions have no answer, others have one", _SOURCE, kinds=(QUESTION,)
    ),
    "answer_cuts_word": Default(
        "answers end where words end", f"offsets may have slipped: {_SOURCE}", max_share=0.05,
        kinds=(QUESTION,),
    ),
    "judgements": Default(
        "queries with a relevant document", "judge these queries, or drop them", max_share=0.05,
        kinds=(QUERY,),
    ),
    "judged_documents": Default(
        "judged documents are in the corpus", "add the documents, or drop the judgements",
        kinds=(QUERY,),
    ),
    "empty_documents": Default(
        "documents with text", "drop them from the corpus", max_share=0.01, kinds=(QUERY,)
    ),
    "unique_documents": Default(
        "unique document ids", "give every document an id of its own", kinds=(QUERY,)
    ),
    "field_vocabulary": Default(
        "fields in validation.fields", "rename the field, or list it", kinds=(FIELD,)
    ),
    "empty_value": Default("value present", _SOURCE, max_share=0.01, kinds=(FIELD,)),
    "value_shape": Default(
        "values of the shape of their field", f"a number among dates, for example: {_SOURCE}",
        max_share=0.05, kinds=(FIELD,),
    ),
    "empty_page": Default(
        "pages with a word", "blank pages are kept; was recognition run on these?", "warn",
        kinds=(PAGE,),
    ),
    "boxes_on_page": Default(
        "boxes within their page", f"boxes and page size may be in two units: {_SOURCE}", "warn",
        kinds=(PAGE, TAGGED),
    ),
    "train_support": Default(
        "minimum support in training",
        "give more goldens of these labels, or lower validation.min_train_support",
        max_share=0.5,
        stage="prepared",
    ),
    "test_support": Default(
        "minimum support in test",
        "give more goldens of these labels, or lower validation.min_test_support",
        max_share=0.5,
        stage="prepared",
    ),
    "imbalance": Default(
        "labels within validation.max_imbalance of the largest",
        "give more goldens of the rare labels, or leave them out (prepare.keep_labels)",
        "warn",
        stage="prepared",
    ),
    "unknown_labels": Default(
        "no label in validation or test alone",
        "training cannot learn it: move records, or map the label (prepare.map_labels)",
        max_share=0.01,
        stage="prepared",
    ),
    "leakage": Default(
        "no text in two splits", "prepare keeps equal texts together: report this", stage="prepared"
    ),
    "near_duplicates": Default(
        "no near-copy of a held-out text in training",
        "drop these training records, or let splits go by document_id",
        "warn",
        stage="prepared",
    ),
    "lost_spans": Default(
        "targets that the model reads whole",
        "raise model.max_length or model.stride, or split long records",
        max_share=0.05, kinds=(TAGGED, QUESTION), stage="prepared",
    ),
    "drift": Default(
        "labels and lengths like those of the last accepted data",
        "look whether the source has changed; then run again with this check as a warning",
        "warn",
        stage="prepared",
    ),
}  # fmt: skip


def checks_of(kind: str, stage: str) -> dict[str, Default]:
    """The checks of a record type at a stage, in the table's order."""
    return {
        name: check
        for name, check in CHECKS.items()
        if check.stage == stage and (not check.kinds or kind in check.kinds)
    }
