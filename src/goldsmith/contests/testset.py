"""The test records of a use case as they are now, prepared as a run would prepare them."""

from goldsmith import pipeline
from goldsmith.config import UseCase
from goldsmith.stages.contest import TestSet

STAGES = ("load", "validate_raw", "prepare")


def current_test_set(config: UseCase, report: pipeline.Report = lambda event: None) -> TestSet:
    """The test records: of the test split, or with folds the fixed goldens; every stage cached.

    Raises:
        DataError: the goldens cannot be read, or break the data contract.
        StoreError: the source cannot be reached.
    """
    config = pipeline.pinned(config, pipeline.stage("load", config.kind))
    made = {pipeline.RAW: pipeline.raw(config, report).folder}
    for name in STAGES:
        made[name] = pipeline.run_stage(name, config, made, report).folder
    return TestSet.of(config, made["prepare"])
