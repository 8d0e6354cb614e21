"""transformers' Trainer with our sampler, our loss and our scores, alone or one of several."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import torch
from torch.utils.data import DataLoader
from transformers import Trainer

from goldsmith.errors import ConfigError
from goldsmith.finetune import processes
from goldsmith.finetune.sampler import Shares
from goldsmith.finetune.watch import Watch


class SharingTrainer(Trainer):
    """A Trainer whose processes share every batch; `settings` are `finetune.Settings`."""

    optimizer: Any
    control: Any

    def __init__(
        self,
        *,
        watch: Watch,
        loss: Any,
        evaluator: Any,
        groups: Any,
        settings: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self._more = settings.more
        self._shares = Shares(
            watch.sampler, processes.count(), processes.place(), settings.accumulate
        )
        self._watch, self._loss, self._evaluator, self._groups = watch, loss, evaluator, groups
        # Ours is a batch's mean; else a model that takes keyword arguments has accumulated batches
        # added up instead of averaged.
        self.model_accepts_loss_kwargs = False

    def get_train_dataloader(self) -> DataLoader[Any]:
        """This process's share of every batch; accelerate would share them out otherwise."""
        given: Any = self.args
        return DataLoader(
            self.train_dataset,
            batch_sampler=self._shares,
            collate_fn=self.data_collator,
            num_workers=given.dataloader_num_workers,
            pin_memory=given.dataloader_pin_memory,
            persistent_workers=given.dataloader_persistent_workers,
            prefetch_factor=given.dataloader_prefetch_factor,
        )

    def create_optimizer(self) -> torch.optim.Optimizer:
        """AdamW in one fused kernel."""
        if self.optimizer is None:
            given: Any = self.args
            betas = (given.adam_beta1, given.adam_beta2)
            self.optimizer = torch.optim.AdamW(
                self._groups, betas=betas, eps=given.adam_epsilon, fused=True
            )
        return self.optimizer

    def create_optimizer_and_scheduler(self, num_training_steps: int) -> None:
        """Both; a value that one of them refuses is the user's."""
        with passed_through(self._more):
            super().create_optimizer_and_scheduler(num_training_steps)

    def compute_loss(
        self, model: Any, inputs: Any, return_outputs: bool = False, num_items_in_batch: Any = None
    ) -> Any:
        """The family's loss of one batch."""
        self._watch.count(inputs["attention_mask"])
        labels = inputs.pop("labels")
        outputs = model(**inputs)
        loss = self._loss(outputs, labels)
        self._watch.losses.append(float(loss.detach()))
        return (loss, outputs) if return_outputs else loss

    def evaluate(self, *args: Any, **kwargs: Any) -> dict[str, float]:
        """The family's metrics of the model as it is now."""
        self.model.eval()
        # One process scores for all: two that differed in a rounding would stop at other epochs.
        found = self._evaluator(self.model) if processes.is_first() else {}
        metrics = {f"eval_{name}": value for name, value in processes.of_first(found).items()}
        self.model.train()
        self.log(metrics)
        self.control = self.callback_handler.on_evaluate(
            self.args, self.state, self.control, metrics
        )
        event = {"type": "metrics", "epoch": self.state.epoch, "metrics": metrics}
        self._watch._report({**event, "primary": self.args.metric_for_best_model or ""})
        return metrics


@contextmanager
def passed_through(more: Mapping[str, Any]) -> Iterator[None]:
    """What transformers and torch say of values that were passed on to them, without a traceback.

    Raises:
        ConfigError: with their words.
    """
    try:
        yield
    except (TypeError, ValueError, ImportError) as error:
        if not more:
            raise
        said = " ".join(str(error).split())[:300]
        raise ConfigError(f"model.training_arguments: transformers refuses: {said}") from error
