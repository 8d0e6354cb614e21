"""A transformers model folder to ONNX by optimum, and per-channel int8. Knows no family."""

import logging
import shutil
import warnings
from pathlib import Path

MODEL_FILE = "model.onnx"
OPSET = 17


def to_onnx(model: Path, out: Path, task: str) -> Path:
    """Export a model folder in fp32; returns the ONNX file.

    The folder also gets config and tokenizer, so that optimum's pipeline opens it.
    """
    from optimum.exporters.onnx import main_export

    _quieten()
    out.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        main_export(
            str(model),
            str(out),
            task=task,
            opset=OPSET,
            # Else sentence-transformers' own files beside the model change what is exported.
            library_name="transformers",
            do_validation=False,
            local_files_only=True,
        )
    return out / MODEL_FILE


def to_int8(exported: Path, out: Path) -> Path:
    """Quantise an exported folder's weights to int8 per channel, activations dynamically.

    Per channel: one scale a row of each weight drifts clearly less than one a matrix.
    """
    from optimum.onnxruntime import ORTQuantizer
    from optimum.onnxruntime.configuration import AutoQuantizationConfig

    _quieten()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        quantizer = ORTQuantizer.from_pretrained(exported, file_name=MODEL_FILE)
        settings = AutoQuantizationConfig.avx512_vnni(is_static=False, per_channel=True)
        quantizer.quantize(save_dir=out, quantization_config=settings, file_suffix="")
    (out / "ort_config.json").unlink(missing_ok=True)
    for path in exported.iterdir():
        if (
            path.is_file()
            and not path.name.startswith(MODEL_FILE)
            and not (out / path.name).exists()
        ):
            shutil.copyfile(path, out / path.name)
    return out / MODEL_FILE


def _quieten() -> None:
    for name in ("optimum", "onnxruntime", "torch.onnx", "transformers"):
        logging.getLogger(name).setLevel(logging.ERROR)
