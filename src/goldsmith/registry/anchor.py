"""Where the ledger of a registered model is: one run, on which everybody agrees.

A run's id is given by the store and names of runs are not unique, so the run is named by something
that is: an experiment whose name is made of the registered model's name and the time of its creation,
and which is created with the run's id in a tag. MLflow refuses a second experiment of one name, so of
two who begin a ledger at once the first wins and the other takes the winner's run. It needs nothing
of the registered model, so one that somebody else made, or that is older than the ledger, is no
special case; and a model that is deleted and made anew has new version numbers and gets a new ledger.
The model's own tag tells people where the ledger is, and remembers that there was one.
"""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from goldsmith.errors import StoreError
from goldsmith.registry import store

if TYPE_CHECKING:
    from mlflow import MlflowClient
    from mlflow.entities import Run
    from mlflow.entities.model_registry import RegisteredModel

EXPERIMENT = "goldsmith.ledger"  # its runs are the ledgers, one a registered model
TAG = "goldsmith.ledger"
DELETED = "deleted"

At = Callable[[str], None]  # told of each step of a change; races are held there
log = logging.getLogger(__name__)


def quietly(step: str) -> None:
    """What `at` is where nobody watches the steps."""
    log.debug("promotion: %s", step)


def registered(client: "MlflowClient", model: str) -> "RegisteredModel | None":
    """The registered model; None if there is none."""
    from mlflow.exceptions import MlflowException

    try:
        return client.get_registered_model(model)
    except MlflowException as error:
        if error.error_code == "RESOURCE_DOES_NOT_EXIST":
            return None
        raise


def locate(client: "MlflowClient", model: "RegisteredModel") -> "Run | None":
    """The ledger run; None where no ledger was begun. A deleted one is restored.

    Raises:
        StoreError: there was a ledger, and it is gone for good.
    """
    name = _name(model)
    lost = ""
    for begun in (_anchored(client, name), model.tags.get(TAG)):
        run_id = begun
        while run_id:
            run = _run(client, run_id, model)
            if run is not None:
                return _active(client, run, model.name)
            lost, run_id = run_id, _anchored(client, _successor(name, run_id))
    if lost:
        raise StoreError(
            f"{model.name}: its ledger of champions, MLflow's run {lost}, is gone for good. Restore it "
            f"from a copy of MLflow's database; or begin a new one, which forgets who was champion: "
            f"goldsmith promote {model.name.partition('.')[0]}@VERSION --new-ledger --by NAME --reason R"
        )
    return None


def begin(
    client: "MlflowClient", model: "RegisteredModel", lost: str = "", at: At = quietly
) -> str:
    """Begin the model's ledger, or take the one that somebody else began meanwhile.

    Args:
        client: MLflow's.
        model: which.
        lost: id of the ledger run that is gone for good, which the new one follows.
        at: called at each step: begun, anchored.

    Returns:
        The ledger run's id.
    """
    from mlflow.exceptions import MlflowException

    base = _name(model)
    name = _successor(base, lost) if lost else base
    anchored = _anchored(client, name)
    if anchored is None:
        run = client.create_run(_room(client), run_name=model.name, tags={TAG: base})
        client.set_terminated(run.info.run_id)
        at("begun")
        try:
            client.create_experiment(
                name, store.artifact_location(EXPERIMENT), {TAG: run.info.run_id}
            )
        except MlflowException:
            anchored = _anchored(client, name)
            if anchored is None:
                raise
        if anchored not in (None, run.info.run_id):
            client.delete_run(run.info.run_id)
        anchored = anchored or run.info.run_id
    at("anchored")
    found = anchored
    store.again(lambda: client.set_registered_model_tag(model.name, TAG, found))
    return found


def last_lost(client: "MlflowClient", model: "RegisteredModel") -> str:
    """The id of the last ledger run that is gone for good; empty if none is."""
    name = _name(model)
    for begun in (model.tags.get(TAG), _anchored(client, name)):
        run_id, lost = begun, ""
        while run_id and _run(client, run_id, model) is None:
            lost, run_id = run_id, _anchored(client, _successor(name, run_id))
        if lost and not run_id:
            return lost
    return ""


def _name(model: "RegisteredModel") -> str:
    return f"{EXPERIMENT}/{model.name}/{model.creation_timestamp}"


def _successor(name: str, lost: str) -> str:
    return f"{name}/after/{lost}"


def _anchored(client: "MlflowClient", name: str) -> str | None:
    """The run that an experiment of this name points to; a deleted experiment keeps its word."""
    found = client.get_experiment_by_name(name)
    return found.tags.get(TAG) if found else None


def _run(client: "MlflowClient", run_id: str, model: "RegisteredModel") -> "Run | None":
    from mlflow.exceptions import MlflowException

    try:
        run = client.get_run(run_id)
    except MlflowException as error:
        if error.error_code in ("RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"):
            return None
        raise
    # The name may have changed since, the time of creation cannot.
    begun_for = run.data.tags.get(TAG, "").rpartition("/")[2]
    return run if begun_for == str(model.creation_timestamp) else None


def _active(client: "MlflowClient", run: "Run", model: str) -> "Run":
    """The run; restored first if somebody deleted it, for nothing can be written to it else."""
    from mlflow.exceptions import MlflowException

    if run.info.lifecycle_stage != DELETED:
        return run
    try:
        _room(client)
        client.restore_run(run.info.run_id)
        said = "it was restored; MLflow's `gc` would have removed it for good"
    except MlflowException as error:
        said = f"and it cannot be restored: {str(error)[:200]}"
    log.warning("%s: its ledger of champions, MLflow's run %s, was deleted: %s", model, run.info.run_id, said)  # fmt: skip
    return run


def _room(client: "MlflowClient") -> str:
    """The experiment of all ledgers; restored if somebody deleted it."""
    found = client.get_experiment_by_name(EXPERIMENT)
    if found is None:
        return store.experiment_id(client, EXPERIMENT)
    if found.lifecycle_stage == DELETED:
        client.restore_experiment(found.experiment_id)
    return str(found.experiment_id)
