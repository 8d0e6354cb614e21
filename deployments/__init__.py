"""Prefect deployments, one per use case: `python -m deployments` registers them."""
