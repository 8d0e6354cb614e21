"""Fields of transformers' TrainingArguments that a use case passes through, checked by name; light.

The fields are read from transformers' source: importing it takes seconds, and loading a use case
must not.
"""

import ast
import functools
import operator
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from goldsmith.errors import listed, near

# Patterns of the fields that are ours, and what to do instead.
OWNED: dict[str, str] = {
    "num_train_epochs": "set model.epochs",
    "max_steps": "set model.epochs",
    "per_device_*_batch_size": "set model.batch_size",
    "per_gpu_*_batch_size": "set model.batch_size",
    "auto_find_batch_size": "set model.batch_size",
    "learning_rate": "set model.learning_rate and model.head_learning_rate",
    "weight_decay": "set model.weight_decay",
    "warmup_*": "set model.warmup",
    "optim*": "it is AdamW in one fused kernel (its adam_* can be set)",
    "adafactor": "it is AdamW in one fused kernel (its adam_* can be set)",
    "seed": "set the use case's seed",
    "data_seed": "set the use case's seed",
    "bf16*": "set compute.precision",
    "fp16*": "set compute.precision",
    "half_precision_backend": "set compute.precision",
    "use_cpu": "set compute.gpus",
    "no_cuda": "set compute.gpus",
    "use_mps_device": "set compute.gpus",
    "local_rank": "set compute.gpus",
    "tpu_*": "set compute.gpus",
    "fsdp*": "a model is trained whole, on one device each",
    "deepspeed": "a model is trained whole, on one device each",
    "ddp_backend": "processes are started as compute.gpus and compute.processes say",
    "accelerator_config": "processes are started as compute.gpus and compute.processes say",
    "parallelism_config": "a model is trained whole, on one device each",
    "mp_parameters": "a model is trained whole, on one device each",
    "dataloader_drop_last": "every record is seen in every epoch",
    "group_by_length": "batches hold records of like length, in an order that resumes",
    "length_column_name": "batches hold records of like length, in an order that resumes",
    "train_sampling_strategy": "batches hold records of like length, in an order that resumes",
    "remove_unused_columns": "the family makes the batches",
    "label_names": "the family makes the batches",
    "label_smoothing_factor": "set the family's own settings: the loss is the family's",
    "past_index": "set the family's own settings: the loss is the family's",
    "load_best_model_at_end": "set model.patience: the best epoch by the family's metric is kept",
    "metric_for_best_model": "set model.patience: the best epoch by the family's metric is kept",
    "greater_is_better": "set model.patience: the best epoch by the family's metric is kept",
    "do_*": "the stages train and evaluate",
    "eval_*": "set model.patience: evaluation follows every epoch",
    "batch_eval_metrics": "set model.patience: evaluation follows every epoch",
    "prediction_loss_only": "set model.patience: evaluation follows every epoch",
    "include_*": "the family's metrics are reported",
    "use_legacy_prediction_loop": "the family predicts",
    "jit_mode_eval": "the family predicts",
    "output_dir": "checkpoints lie where a killed run finds them",
    "overwrite_output_dir": "checkpoints lie where a killed run finds them",
    "save_*": "every epoch, and every ten minutes of a long one, is a checkpoint",
    "restore_callback_states_from_checkpoint": "a killed run resumes by itself",
    "resume_from_checkpoint": "a killed run resumes by itself",
    "ignore_data_skip": "a killed run resumes by itself",
    "logging_*": "progress is reported every second",
    "log_*": "progress is reported every second",
    "disable_tqdm": "progress is reported every second",
    "skip_memory_metrics": "peak memory is in the run's facts",
    "report_to": "runs are logged to MLflow",
    "run_name": "runs are logged to MLflow",
    "project": "runs are logged to MLflow",
    "trackio_*": "runs are logged to MLflow",
    "push_to_hub*": "set publish: what is released is the bundle",
    "hub_*": "set publish: what is released is the bundle",
}
# What transformers takes and then fails over, in the middle of a run.
_BOUNDS = {"gradient_accumulation_steps": Field(ge=1), "dataloader_num_workers": Field(ge=0)}
_PLAIN = {"int": int, "float": float, "bool": bool, "str": str, "Any": Any, "None": type(None)}
_HOLDING = {"dict": dict, "list": list, "Dict": dict, "List": list}


def checked(given: Mapping[str, Any]) -> dict[str, Any]:
    """The given fields, with numbers written as texts (YAML's 1e-8) made numbers.

    Where transformers is not installed, names and values wait for it: training checks them again.

    Raises:
        ValidationError: pydantic's, a finding a field: ours, unknown, or of another type.
    """
    known, result = fields(), dict(given)
    findings: list[InitErrorDetails] = []
    for name, value in given.items():
        owner = owner_of(name)
        if owner:
            findings.append(_finding(name, f"is ours: {owner} (ours are {_owned()})"))
        elif known is not None and name not in known:
            said = f"transformers' TrainingArguments has no such field: {near(name, free(known))}"
            findings.append(_finding(name, said))
        elif known is not None:
            try:
                result[name] = _adapter(name).validate_python(value)
            except ValidationError as error:
                said = error.errors(include_url=False)[0]["msg"]
                findings.append(_finding(name, f"{said}, not {str(value)[:80]!r}"))
    if findings:
        raise ValidationError.from_exception_data("training_arguments", findings)
    return result


def _adapter(name: str) -> TypeAdapter[Any]:
    kind = (fields() or {})[name]
    bound = _BOUNDS.get(name)
    return TypeAdapter(Annotated[kind, bound] if bound else kind)


def owner_of(name: str) -> str:
    """What to do in place of setting a field that is ours; empty for one that is not."""
    found = (instead for pattern, instead in OWNED.items() if fnmatchcase(name, pattern))
    return next(found, "")


def free(known: Mapping[str, Any]) -> list[str]:
    """The fields that a use case may set."""
    return [name for name in known if not owner_of(name)]


@functools.cache
def fields() -> dict[str, Any] | None:
    """Type by name of every field of the installed TrainingArguments; None: not installed."""
    spec = find_spec("transformers")
    if spec is None or spec.origin is None:
        return None
    source = Path(spec.origin).with_name("training_args.py").read_text(encoding="utf-8")
    return {
        name: annotation
        for one in ast.parse(source).body
        if isinstance(one, ast.ClassDef) and one.name == "TrainingArguments"
        for name, annotation in _annotated(one)
    }


def _annotated(found: ast.ClassDef) -> Iterator[tuple[str, Any]]:
    for line in found.body:
        match line:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation):
                if not name.startswith("_"):
                    yield name, _type(annotation)


def _type(node: ast.expr) -> Any:
    """The type that an annotation means; a name that is no plain type is an enumeration's: a text."""
    match node:
        case ast.Constant(value=str(quoted)):
            return _type(ast.parse(quoted, mode="eval").body)
        case ast.Constant(value=None):
            return type(None)
        case ast.Name(id=name):
            return {**_PLAIN, **_HOLDING}.get(name, str)
        case ast.BinOp(left=left, right=right):
            return _type(left) | _type(right)
        case ast.Subscript(value=ast.Name(id="Optional"), slice=inner):
            return _type(inner) | None
        case ast.Subscript(value=ast.Name(id="Union"), slice=ast.Tuple(elts=parts)):
            return functools.reduce(operator.or_, map(_type, parts))
        case ast.Subscript(value=ast.Name(id=name)):
            return _HOLDING.get(name, Any)
    return Any


def _owned() -> str:
    return listed(list(OWNED), len(OWNED))


def _finding(name: str, said: str) -> InitErrorDetails:
    # The message is whole: an empty mapping as input keeps the value from being added to it.
    error = PydanticCustomError("training_argument", "{said}", {"said": said})
    return InitErrorDetails(type=error, loc=(name,), input={})
