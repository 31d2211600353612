# make demo   set up, compare the bundled instrument, leave an HTML report
# make test   set up, lint, type-check, run all tests
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: demo test lint bench clean

# --use-pep517: jamdict-data is a source package whose build needs wheel, which an older pip would not fetch
$(VENV)/ready: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("mocalign needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517 -c constraints.txt -e ".[context,dictionary,batch,dask,notebook,test]"
	touch $@

demo: $(VENV)/ready
	$(BIN)/mocalign demo

lint: $(VENV)/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

test: $(VENV)/ready lint
	$(BIN)/python -m pytest

bench: $(VENV)/ready
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache
