# Everything starts here: `make demo`, `make test`. Needs Python 3.11, git and make, nothing else.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
EXTRAS := train,serve,demo,dev

# The demo keeps all state in .goldsmith/ and looks at no Prefect profile or server of the user's.
FOREIGN := $(shell env | sed -n 's/^\(\(PREFECT\|MLFLOW\|GOLDSMITH\)_[A-Z0-9_]*\)=.*/-u \1/p')
OWN := env $(FOREIGN) GOLDSMITH_HOME=$(CURDIR)/.goldsmith PREFECT_HOME=$(CURDIR)/.goldsmith/prefect

.PHONY: setup demo demos benchmarks test slow nightly nightly-tests test-transformers5 lint types docs clean

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	PIP_CONSTRAINT=requirements.lock $(BIN)/python -m pip install -q --disable-pip-version-check -e '.[$(EXTRAS)]'
	touch $@

demo: $(STAMP)
	$(OWN) $(BIN)/goldsmith run financial-entities

test: $(STAMP)
	$(BIN)/python -m pytest -n 2 --dist loadfile --durations=12 -m "not slow and not nightly" tests

slow: $(STAMP)
	$(BIN)/python -m pytest -n 2 --dist loadfile --durations=12 -m "slow and not nightly" tests

# Hours. Tests first: they say what is broken; the tables say how well the rest does.
nightly: nightly-tests
	$(MAKE) demos
	$(MAKE) benchmarks

nightly-tests: $(STAMP) test-transformers5
	$(BIN)/python -m pytest -m nightly tests

demos: $(STAMP)
	set -e; for file in use_cases/*.yaml; do $(OWN) $(BIN)/goldsmith run $$(basename $$file .yaml); done

benchmarks: $(STAMP)
	set -e; for name in data power overhead receipts scale small_net training figures; do $(BIN)/python -m benchmarks.$$name; done

# Export is not among it: optimum asks for transformers 4.
SECOND := .venv-transformers5
$(SECOND)/.installed: requirements-transformers5.lock pyproject.toml
	$(PYTHON) -m venv $(SECOND)
	$(SECOND)/bin/python -m pip install -q --disable-pip-version-check -r requirements-transformers5.lock
	$(SECOND)/bin/python -m pip install -q --disable-pip-version-check --no-deps -e .
	touch $@

test-transformers5: $(SECOND)/.installed
	$(SECOND)/bin/python -m pytest -q tests/families/test_training_alone.py \
		tests/families/token_classification/test_casing.py tests/config/test_training_arguments.py

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(STAMP)
	$(BIN)/mypy

docs: $(STAMP)
	$(BIN)/mkdocs build --strict --site-dir site

clean:
	rm -rf .goldsmith site data/generated data/records data/prepared models reports
