# Everything a newcomer runs. Needs Python 3.11 or later and make; the rest is set up here.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help demo test test-slow check format bench clean

help:  ## what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runs: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/.develops: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@ $(VENV)/.runs

$(VENV)/.measures: $(VENV)/.develops
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,bench]'
	touch $@

demo: $(VENV)/.runs  ## ingest examples/ and print the summary
	$(BIN)/esfkit ingest examples -o $(VENV)/demo.parquet
	$(BIN)/esfkit summary $(VENV)/demo.parquet --by programme_period,region --format table

check: $(VENV)/.develops  ## lint, types, import rule
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check  ## the checks and the test suite
	$(BIN)/pytest -n auto

test-slow: $(VENV)/.develops  ## the long property, hostile-input and size tests
	$(BIN)/pytest -n auto -m slow

format: $(VENV)/.develops  ## put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.measures  ## time the parser against its peer
	$(BIN)/python benchmarks/parse.py

clean:  ## remove what the other targets made
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
