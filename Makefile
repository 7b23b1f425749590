# `make demo` and `make test` do all their own set-up: nothing is needed but Python 3.11 or later, and make.
PYTHON ?= python3
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
PACKAGES := graphmodel geodata loaders dashboards
# Tests of one file run in one process: fixtures that build a store or a map are shared within a file.
PYTEST_ARGS ?= -n 2 --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help demo test lint format types neo4j neo4j-stop bench docs lock wheel clean

help: ## says what each command does
	@grep -E '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

# A stamp is made anew when a lock or pyproject.toml changes, so that every command may be repeated at no cost.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Il faut Python 3.11 ou plus récent : make PYTHON=python3.12 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

demo: $(VENV)/.runtime ## loads the contract and the fictional reports, writes the maps, opens the dashboard; ARGS="--no-serve --out DIR"
	$(BIN)/maillage demo $(ARGS)

test: $(VENV)/.dev ## passes every test; Neo4j and browser tests say why they skip where there is neither
	$(BIN)/python -m pytest $(PYTEST_ARGS) $(ARGS)

lint: $(VENV)/.dev ## looks for faults and for lines out of format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(VENV)/.dev ## lays out the source
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(VENV)/.dev ## checks the types, strictly
	$(BIN)/mypy

neo4j: ## starts a Neo4j server on this machine (Java 17, Maven); its address and login are then printed
	@.ci/neo4j/start.sh
	@cat .ci/neo4j/work/env

neo4j-stop: ## stops that server
	@.ci/neo4j/stop.sh

bench: $(VENV)/.dev ## measures loads and reads against the raw drivers
	$(BIN)/python -m benchmarks $(ARGS)

docs: $(VENV)/.runtime ## writes the generated pages of docs/ anew
	$(BIN)/python -m loaders.dictionary docs/dictionnaire.md
	$(BIN)/python -m graphmodel.questions.page docs/questions.md
	$(BIN)/python -m graphmodel.indicators.page docs/indicateurs.md
	$(BIN)/python -m dashboards.neo4j_style docs/maillage.grass

lock: $(VENV)/.dev ## chooses the newest versions of every library again
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
	    --python-version 3.11 --upgrade --extra build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
	    --python-version 3.11 --upgrade --extra build --extra dev --extra neo4j-rust --constraint requirements.lock \
	    pyproject.toml -o requirements-dev.lock

wheel: $(VENV)/.runtime ## builds the wheel into dist/
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation -w dist .

clean: ## removes what these commands made, but for the data of the Neo4j server
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .ci/artifacts
	find $(PACKAGES) tests -name __pycache__ -type d -prune -exec rm -rf {} +
