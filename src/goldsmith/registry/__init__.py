"""Models in MLflow: bundles, versions, the champion. The only place that imports mlflow."""
