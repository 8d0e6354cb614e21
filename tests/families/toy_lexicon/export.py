"""The table as a graph of one Gather."""

import shutil
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save
from toy_lexicon.runtime import WORDS_FILE
from toy_lexicon.training import TABLE_FILE

from goldsmith.families.base import Variant, read_family, write_family


def export(model: Path, out: Path) -> list[Variant]:
    """Write `onnx/fp32/model.onnx`, the words beside it, and `family.json`."""
    family, facts = read_family(model)
    table = np.load(model / TABLE_FILE)
    graph = helper.make_graph(
        [helper.make_node("Gather", ["table", "words"], ["logits"])],
        "lexicon",
        [helper.make_tensor_value_info("words", TensorProto.INT64, ["w"])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["w", table.shape[1]])],
        [numpy_helper.from_array(table, "table")],
    )
    folder = out / "onnx" / "fp32"
    folder.mkdir(parents=True)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    save(made, str(folder / "model.onnx"))
    shutil.copyfile(model / WORDS_FILE, folder / WORDS_FILE)
    variant = Variant("fp32", "onnx/fp32/model.onnx")
    write_family(
        out, family, facts["labels"], variants=[{"name": variant.name, "file": variant.file}]
    )
    return [variant]
