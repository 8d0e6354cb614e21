"""The weights as a graph of one product."""

from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save

from goldsmith.families.base import Variant, read_family, write_family
from mailroom.training import WEIGHTS_FILE


def export(model: Path, out: Path) -> list[Variant]:
    """Write `onnx/fp32/model.onnx` and `family.json`."""
    family, facts = read_family(model)
    weights = np.load(model / WEIGHTS_FILE)
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["features", "weights"], ["logits"])],
        "hashed_ngrams",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["b", weights.shape[0]])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["b", weights.shape[1]])],
        [numpy_helper.from_array(weights, "weights")],
    )
    folder = out / "onnx" / "fp32"
    folder.mkdir(parents=True)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    save(made, str(folder / "model.onnx"))
    variant = Variant("fp32", "onnx/fp32/model.onnx")
    listed = [{"name": variant.name, "file": variant.file}]
    write_family(out, family, facts["labels"], variants=listed)
    return [variant]
