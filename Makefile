# Everything lives in .venv, which the first target that needs it makes. A machine needs make and Python 3.11 or newer.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/run.stamp
DEV := $(VENV)/dev.stamp
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint tests/constraints.txt

# make PYTHON=/path/to/python3.12 … prefers that interpreter when .venv is made
PYTHON ?=
# arguments for the program, or for pytest
ARGS ?=
# "no" where the tests have just run: .ci/run
CHECK_TESTS ?= yes
# "all" for every configuration of the oracle, not the share that takes minutes
ORACLE ?=
# the module that draws screenshots/
PICTURES := tests/screens/shots.py

.PHONY: help run test check bench oracle screenshots accept build clean

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: $(RUN)  ## start unsnarl; ARGS="check --offline" passes arguments on
	@$(BIN)/unsnarl $(ARGS)

test: $(DEV)  ## run the tests; ARGS="-k dns" passes arguments on
	@$(BIN)/python -m pytest $(ARGS)

check: $(DEV)  ## formatting, lint, strict types, import contracts, and the tests
	$(BIN)/ruff format --quiet --check .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(if $(filter no,$(CHECK_TESTS)),,@$(BIN)/python -m pytest $(ARGS))

bench: $(DEV)  ## print the measured ratios of start and first paint
	@$(BIN)/python -m tests.bench.bench $(ARGS)

oracle: $(DEV)  ## ask the real clients: what they send must be what unsnarl predicts; ORACLE=all asks everything
	@ORACLE=$(ORACLE) $(BIN)/python -m tests.oracle $(ARGS)

screenshots: $(DEV)  ## draw screenshots/ anew from the real screens
	@test -f $(PICTURES) || { echo "There is no $(PICTURES) yet." >&2; exit 1; }
	@$(BIN)/python -m $(subst /,.,$(basename $(PICTURES))) $(ARGS)

accept: $(DEV)  ## take what comes out now as the new golden files; look at the diff afterwards
	@$(BIN)/python -m pytest --update-golden $(ARGS)

build: $(DEV)  ## build the wheel and the source distribution into dist/
	@$(PIP) 'hatchling>=1.27,<2'
	@$(BIN)/python -m hatchling build

clean:  ## remove .venv and everything else that was made
	rm -rf $(VENV) .oracle build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	find tui tests \( -name __pycache__ -o -name '*.new.*' \) -prune -exec rm -rf {} +

$(RUN): $(BIN)/python pyproject.toml tests/constraints.txt
	@echo "Installing unsnarl into $(VENV) …" >&2
	@$(PIP) --editable .
	@touch $@

$(DEV): $(BIN)/python pyproject.toml tests/constraints.txt
	@echo "Installing unsnarl and its development tools into $(VENV) …" >&2
	@$(PIP) --editable '.[dev]'
	@touch $(RUN) $@

# Asked in this order: what the user said, versions the tests know, whatever python3 is. A name on the PATH proves
# nothing (version managers put up names of what is not installed), so each is run.
$(BIN)/python:
	@found=; bare=; \
	for candidate in $(PYTHON) python3.13 python3.12 python3.11 python3 python; do \
	    $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
	    $$candidate -c 'import ensurepip, venv' >/dev/null 2>&1 || { bare=$$candidate; continue; }; \
	    found=$$candidate; break; \
	done; \
	if [ -z "$$found" ] && [ -n "$$bare" ]; then \
	    echo "$$bare cannot make virtual environments: install its venv module (Debian, Ubuntu: apt install python3-venv)." >&2; \
	    exit 1; \
	elif [ -z "$$found" ]; then \
	    echo "unsnarl needs Python 3.11 or newer, and none was found as python3. Install one, or say make PYTHON=/path/to/python3." >&2; \
	    exit 1; \
	fi; \
	echo "Making $(VENV) with $$found …" >&2; \
	$$found -m venv $(VENV)
