# What lifbot's README promises: `make run` and `make test` need only Python 3.11 or newer, git and make.

# The first Python that is new enough; `make run PYTHON=/path/to/python` says otherwise.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)

VENV := .venv
PY := $(VENV)/bin/python
INSTALLED := $(VENV)/installed-from-lock
CODE := $(wildcard bot.py bench bench.py) $(wildcard lifbot commands scheduler storage operations tests)

.DEFAULT_GOAL := help
# One part after the other, so that the first failure is the last thing said.
.NOTPARALLEL:
.PHONY: help install run test lint types tests format bench docs messages migration lock clean

help:  ## this list
	@echo "lifbot: type make and one of these words"
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  %-9s %s\n", $$1, $$2}' Makefile

install: $(INSTALLED)  ## install the pinned libraries into .venv

run: $(INSTALLED)  ## start lifbot; without Slack or Teams credentials, the playground at http://127.0.0.1:3000
	@$(PY) bot.py

test: lint types tests  ## lint, types and every test; stops at the first part that fails

lint: $(INSTALLED)  ## ruff: rules and layout
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types: $(INSTALLED)  ## mypy, strict
	$(PY) -m mypy --strict $(CODE)

tests: $(INSTALLED)  ## every test, with a real PostgreSQL and a real browser
	$(PY) -m tests.browser
	$(PY) -m pytest -n auto --dist worksteal

format: $(INSTALLED)  ## mend the layout and what ruff can mend
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

bench: $(INSTALLED)  ## measure lifbot against its yardsticks
	$(PY) -m bench

docs: $(INSTALLED)  ## write docs/commands.md again from the commands themselves
	$(PY) bot.py docs

messages: $(INSTALLED)  ## draw every message anew for docs/messages.md
	$(PY) -m tests.gallery

migration: $(INSTALLED)  ## write the next migration: make migration m="what changes"
	$(PY) -m storage.migrate $(if $(m),"$(m)")

lock: $(PY)  ## pin the newest versions that pyproject.toml allows in requirements.lock
	@test -x build/uv/bin/uv || { $(PY) -m venv build/uv && build/uv/bin/python -m pip install --quiet uv; }
	build/uv/bin/uv pip compile pyproject.toml --group test --universal --python-version 3.11 --upgrade \
		--no-header --no-annotate --quiet --output-file requirements.lock

clean:  ## remove what make made; keeps lifbot.db and .env
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find bot.py lifbot commands scheduler storage operations tests -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

# A folder without a working pip (half made, moved, or of a Python since removed) is made again.
$(PY):
	@test -n "$(PYTHON)" || { echo "lifbot needs Python 3.11 or newer: install it, or type make run PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is older than Python 3.11: type make run PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) has no venv module: on Debian or Ubuntu type apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)

$(INSTALLED): requirements.lock
	@$(PY) -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || $(MAKE) --no-print-directory --always-make $(PY)
	@echo "Installing lifbot's libraries into $(VENV): about a minute, once"
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-input -r requirements.lock
	@touch $@
