"""fp32 and int8 ONNX of a trained reader, in folders that also open with optimum's pipeline."""

from pathlib import Path

from goldsmith import exporting
from goldsmith.families.base import Variant, own_facts, read_family, write_family


def export(model: Path, out: Path) -> list[Variant]:
    """Write `onnx/fp32/` and `onnx/int8/` and the `family.json` that names them."""
    family, facts = read_family(model)
    fp32 = out / "onnx" / "fp32"
    exporting.to_onnx(model, fp32, "question-answering")
    exporting.to_int8(fp32, out / "onnx" / "int8")
    variants = [Variant(name, f"onnx/{name}/{exporting.MODEL_FILE}") for name in ("fp32", "int8")]
    write_family(
        out,
        family,
        facts["labels"],
        variants=[{"name": variant.name, "file": variant.file} for variant in variants],
        **own_facts(facts),
    )
    return variants
