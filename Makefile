# Everything happens in .venv, which is made at the first call and again when pyproject.toml changes.
#
#   make run       open the reader on the sample archive (ARGS="…" for something else)
#   make test      the tests
#   make check     the gate: format, lint, types, contracts, spelling, tests with coverage
#   make format    write the sources as ruff wants them
#   make documents renew what the README and docs/map.md take from the source
#   make pictures  take the pictures of the README anew, of the reader itself
#   make bench     measure 20,000 posts, in some minutes (BENCH="…" for options)
#   make bench-million  measure a million, in an hour or two; needs 10 GB
#   make build     the wheel, into dist/
#   make clean     remove whatever make has made

# The first interpreter that is new enough; looked for only when .venv has to be made.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; \
	done)
VENV := .venv
BIN := $(VENV)/bin
SOURCES := src tests benchmarks tools
ROOMS := tests/posts tests/library tests/page
ARGS ?= sample_posts
BENCH ?=

.PHONY: run test check format format-check lint types contracts spelling coverage documents pictures bench bench-million build clean

run: $(VENV)/installed
	@$(BIN)/finews-tui $(ARGS)

# Two at once: most of the time a test waits for the program that it drives in a terminal.
test: $(VENV)/installed-dev
	$(BIN)/python -m pytest -n 2

check: format-check lint types contracts spelling coverage

format-check: $(VENV)/installed-dev
	$(BIN)/ruff format --check $(SOURCES)

lint: $(VENV)/installed-dev
	$(BIN)/ruff check $(SOURCES)

types: $(VENV)/installed-dev
	$(BIN)/mypy

contracts: $(VENV)/installed-dev
	$(BIN)/lint-imports

spelling: $(VENV)/installed-dev
	$(BIN)/codespell $(SOURCES) docs README.md CHANGELOG.md Makefile pyproject.toml

# One a core, and a third where tests in a terminal mostly wait for the program they drive. Only the
# rooms that everything rests on are measured, by their own tests; measuring slows the rest down.
coverage: $(VENV)/installed-dev
	$(BIN)/python -m pytest -n 2 --cov --cov-report= $(ROOMS)
	$(BIN)/python -m coverage report --skip-covered --fail-under=95
	$(BIN)/python -m pytest -n 3 $(ROOMS:%=--ignore=%)

format: $(VENV)/installed-dev
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

documents: $(VENV)/installed-dev
	$(BIN)/python -m tools.documents

pictures: $(VENV)/installed-dev
	$(BIN)/python -m tools.pictures

bench: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.scale $(BENCH)

bench-million: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.scale --posts 1000000 --rounds 200 $(BENCH)

build: $(VENV)/installed-dev
	rm -rf dist
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

clean:
	rm -rf $(VENV) dist build .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache src/*.egg-info
	find $(SOURCES) -name __pycache__ -type d -prune -exec rm -rf {} +

# The interpreter alone, so that a change of pyproject.toml does not throw the packages away.
$(BIN)/python:
	@$(or $(PYTHON),false) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "finews-tui needs Python 3.11 or newer: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@# Debian's python3 without python3-venv makes half an environment and fails: start over then.
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { \
		rm -rf $(VENV); \
		$(PYTHON) -m virtualenv --quiet $(VENV) 2>/dev/null || { \
			rm -rf $(VENV); \
			$(PYTHON) -m venv --without-pip $(VENV) && \
			$(PYTHON) -m pip --python $(BIN)/python install --quiet pip; }; } || { \
		rm -rf $(VENV); \
		echo "No environment could be made: install python3-venv (Debian: apt install python3-venv)" >&2; \
		exit 1; }

$(VENV)/installed: $(BIN)/python pyproject.toml
	@echo "setting up $(VENV) …" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

# pip learned --group in 25.1; an older one is brought up to date inside .venv only.
$(VENV)/installed-dev: $(VENV)/installed
	@$(BIN)/python -m pip install --help | grep -q -- --group || \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	@touch $@
