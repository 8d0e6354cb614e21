"""The trained weights as one ONNX graph, in fp32 and with weights of int8."""

import shutil
from pathlib import Path
from typing import Any

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save
from safetensors.numpy import load_file

from goldsmith.families.base import Variant, read_family, write_family
from goldsmith.families.onnx import TOKENIZER_FILE

WEIGHTS_FILE = "model.safetensors"
MODEL_FILE = "model.onnx"
OPSET, IR_VERSION = 17, 8
VARIANTS = ("fp32", "int8")
BAGS, LAYERS = ("pieces", "affixes"), ("hidden", "output")


def export(model: Path, out: Path) -> list[Variant]:
    """Write `onnx/NAME/model.onnx` for each of `VARIANTS`, and the `family.json` that names them."""
    family, facts = read_family(model)
    weights = load_file(model / WEIGHTS_FILE)
    variants = []
    for name in VARIANTS:
        folder = out / "onnx" / name
        folder.mkdir(parents=True)
        save(graph(weights, whole=name == "fp32"), str(folder / MODEL_FILE))
        if (model / TOKENIZER_FILE).is_file():
            shutil.copyfile(model / TOKENIZER_FILE, folder / TOKENIZER_FILE)
        variants.append(Variant(name, f"onnx/{name}/{MODEL_FILE}"))
    listed = [{"name": one.name, "file": one.file} for one in variants]
    write_family(out, family, facts["labels"], variants=listed)
    return variants


def graph(weights: dict[str, np.ndarray], *, whole: bool) -> Any:
    """The net as an ONNX model, node for node what `training.net.Net.forward` computes.

    Args:
        weights: its state.
        whole: False: weights are kept as int8 with a scale a column, and multiplied in float.
    """
    store = _Store()
    for name in (*BAGS, *LAYERS):
        # A linear layer's weight lies (out, in); a product from the right wants (in, out).
        table = weights[f"{name}.weight"]
        store.add(name, table if name in BAGS else table.T, whole)
    for name in LAYERS:
        store.plain(f"{name}.bias", weights[f"{name}.bias"])
    store.plain("axis", np.array([1], dtype=np.int64))
    nodes = [
        *_bag("pieces", "piece_sums", store),
        *_bag("affixes", "affix_sums", store),
        helper.make_node("Mul", ["piece_sums", "share"], ["piece_means"]),
        helper.make_node("Concat", ["piece_means", "affix_sums", "shape"], ["rows"], axis=1),
        helper.make_node("Gather", ["rows", "windows"], ["seen"], axis=0),
        helper.make_node("Flatten", ["seen"], ["flat"], axis=1),
        helper.make_node("Concat", ["flat", "own"], ["read"], axis=1),
        *_linear("hidden", "read", "summed", store),
        helper.make_node("Relu", ["summed"], ["units"]),
        *_linear("output", "units", "logits", store),
    ]
    made = helper.make_graph(
        nodes, "window_mlp", _inputs(), [_value("logits", TensorProto.FLOAT, "t", "labels")],
        store.tensors,
    )  # fmt: skip
    model = helper.make_model(
        made, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION
    )
    checker.check_model(model)
    return model


class _Store:
    """The graph's weights; of an int8 one the scales beside it."""

    def __init__(self) -> None:
        self.tensors: list[Any] = []
        self.scaled: set[str] = set()

    def plain(self, name: str, value: np.ndarray) -> None:
        self.tensors.append(numpy_helper.from_array(np.ascontiguousarray(value), name))

    def add(self, name: str, value: np.ndarray, whole: bool) -> None:
        """A weight (n, m), its columns scaled one by one where it is not kept whole."""
        if whole:
            return self.plain(f"{name}.weight", value)
        scale = np.maximum(np.abs(value).max(axis=0), 1e-12) / 127
        self.plain(f"{name}.weight", np.round(value / scale).astype(np.int8))
        self.plain(f"{name}.scale", scale.astype(np.float32))
        self.scaled.add(name)


def _bag(name: str, out: str, store: _Store) -> list[Any]:
    """Sums of the embeddings that each row of ids, the input `name`, names."""
    found, summed = f"{name}.rows", f"{name}.sums"
    nodes = [helper.make_node("Gather", [f"{name}.weight", name], [found], axis=0)]
    if name in store.scaled:
        nodes.append(helper.make_node("Cast", [found], [f"{found}.float"], to=TensorProto.FLOAT))
        found = f"{found}.float"
    nodes.append(helper.make_node("ReduceSum", [found, "axis"], [summed], keepdims=0))
    return [*nodes, *_rescaled(name, summed, out, store)]


def _linear(name: str, read: str, out: str, store: _Store) -> list[Any]:
    """A product and a bias; of int8 the product is one of whole numbers."""
    weight, product = f"{name}.weight", f"{name}.product"
    if name not in store.scaled:
        nodes = [helper.make_node("MatMul", [read, weight], [product])]
    else:
        small, scale, zero = f"{name}.read", f"{name}.read.scale", f"{name}.read.zero"
        nodes = [
            helper.make_node("DynamicQuantizeLinear", [read], [small, scale, zero]),
            helper.make_node("MatMulInteger", [small, weight, zero], [f"{name}.whole"]),
            helper.make_node("Cast", [f"{name}.whole"], [f"{name}.sums"], to=TensorProto.FLOAT),
            helper.make_node("Mul", [scale, f"{name}.scale"], [f"{name}.unit"]),
            helper.make_node("Mul", [f"{name}.sums", f"{name}.unit"], [product]),
        ]
    return [*nodes, helper.make_node("Add", [product, f"{name}.bias"], [out])]


def _rescaled(name: str, read: str, out: str, store: _Store) -> list[Any]:
    """Times the scales of the columns, where there are some."""
    if name in store.scaled:
        return [helper.make_node("Mul", [read, f"{name}.scale"], [out])]
    return [helper.make_node("Identity", [read], [out])]


def _inputs() -> list[Any]:
    """As `words.WordRows` and `features.Encoded` have them: u words, t places."""
    whole, real = TensorProto.INT32, TensorProto.FLOAT
    return [
        _value("pieces", whole, "u", "p"),
        _value("share", real, "u", 1),
        _value("affixes", whole, "u", "a"),
        _value("shape", real, "u", "s"),
        _value("windows", whole, "t", "w"),
        _value("own", real, "t", "o"),
    ]


def _value(name: str, kind: int, *shape: str | int) -> Any:
    return helper.make_tensor_value_info(name, kind, list(shape))
