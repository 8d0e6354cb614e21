"""Prefect's side of the stages: retries, progress, artifacts and run names. Bodies are in
goldsmith.stages."""
