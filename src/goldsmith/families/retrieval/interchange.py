"""The files by which sentence-transformers opens a trained folder; light."""

import json
from pathlib import Path
from typing import Any


def write_sentence_transformers(out: Path, family: Any) -> None:
    """Write them beside the model, with our pooling, length and prefixes."""
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
        {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
    ]  # fmt: skip
    config = json.loads((out / "config.json").read_text(encoding="utf-8"))
    pooling = {
        "word_embedding_dimension": config["hidden_size"],
        "pooling_mode_mean_tokens": True,
        "pooling_mode_cls_token": False,
        "include_prompt": True,
    }
    prompts = {"query": family.query_prefix, "document": family.document_prefix}
    values: dict[str, Any] = {
        "modules.json": modules,
        "sentence_bert_config.json": {"max_seq_length": family.max_length, "do_lower_case": False},
        "config_sentence_transformers.json": {"prompts": prompts, "similarity_fn_name": "cosine"},
        "1_Pooling/config.json": pooling,
    }
    (out / "1_Pooling").mkdir(exist_ok=True)
    (out / "2_Normalize").mkdir(exist_ok=True)
    for name, value in values.items():
        (out / name).write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")
