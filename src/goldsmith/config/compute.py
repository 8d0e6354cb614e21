"""compute: where, on how much and how long training runs."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from goldsmith.config.sections import Section

GPU_POOL, CPU_POOL = "gpu", "cpu"


class Compute(Section):
    """Where, on how much and how long training runs; no part of any training key."""

    moved: ClassVar[Mapping[str, str]] = {
        "device": "compute.gpus says it: 0 trains on the processor, 1 needs a GPU, left out it takes "
        "one where there is one"
    }

    pool: str | None = Field(
        None,
        min_length=1,
        description="Prefect work pool whose workers run it; none: gpu if gpus is 1 or more, else cpu.",
    )
    gpus: int | None = Field(
        None,
        ge=0,
        description="GPUs that training needs, 0: none. None: one where there is one.",
    )
    processes: int | None = Field(
        None,
        ge=1,
        description="Training processes, which share every batch; none: one for each GPU, else one. "
        "More than one on the processor takes gpus: 0.",
    )
    precision: Literal["auto", "fp32", "bf16"] = Field(
        "auto", description="auto: bf16 where the processor or GPU has it."
    )
    timeout: float = Field(
        14_400,
        gt=0,
        description="Seconds until a training process is stopped; waiting for a GPU does not count.",
    )

    @model_validator(mode="after")
    def _one_process_a_gpu(self) -> "Compute":
        if self.gpus and self.processes not in (None, self.gpus):
            raise ValueError(
                f"gpus is {self.gpus} and processes is {self.processes}, but each GPU has one "
                "process: leave processes out"
            )
        if self.gpus is None and (self.processes or 1) > 1:
            raise ValueError(
                f"processes is {self.processes}: set gpus to as many, or to 0 to share batches "
                "between processes on the processor"
            )
        return self

    @property
    def work_pool(self) -> str:
        """The Prefect work pool: as given, else by what is needed."""
        return self.pool or (GPU_POOL if self.gpus else CPU_POOL)

    @property
    def workers(self) -> int:
        """How many training processes share a batch."""
        return self.processes or self.gpus or 1
