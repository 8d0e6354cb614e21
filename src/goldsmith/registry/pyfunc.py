"""The file that MLflow logs with a bundle ("models from code"): a pyfunc on the light runtime.

Input: a table with a column `text` (or `tokens`); output: one list of spans a row. A bundle without
a passing verdict does not answer, unless it is loaded with `model_config={"without_verdict": True}`.
"""

from pathlib import Path
from typing import Any

import mlflow
import pandas


class Bundle(mlflow.pyfunc.PythonModel):
    """Opens the bundle beside it and answers with its chosen variant."""

    def load_context(self, context: Any) -> None:
        """Open the bundle."""
        from goldsmith.registry.bundle import open_checked

        asked = bool((context.model_config or {}).get("without_verdict"))
        self._predictor, _ = open_checked(Path(context.artifacts["bundle"]), without_verdict=asked)

    def predict(
        self, context: Any, model_input: pandas.DataFrame, params: dict[str, Any] | None = None
    ) -> list[Any]:
        """Answer each row."""
        rows = model_input.to_dict("records") if hasattr(model_input, "to_dict") else model_input
        return self._predictor.answer([dict(row) for row in rows])


mlflow.models.set_model(Bundle())
