# Everything that a fresh machine needs is Python 3.11 or newer, make, git and the package registries.
PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3.14 python3,$(shell command -v $(name))))
BIN := .venv/bin

.PHONY: site test proofs serve check bench lighthouse validate lock clean format lint types tests

site: .venv/installed  ## build the example archive into site/
	$(BIN)/bilateral build

test: .venv/installed-dev format lint types tests  ## the whole gate: format, lint, types, tests, browser tests

proofs: .venv/installed-dev  ## the long run of the proofs: many times as many examples as in the gate, for an hour or two
	HYPOTHESIS_PROFILE=long $(BIN)/pytest -n 2 tests/test_machine.py tests/test_vicinity.py tests/test_faults.py tests/test_markup*.py tests/test_flat_yaml.py

serve: .venv/installed  ## preview the site, rebuilt when a file is saved
	$(BIN)/bilateral serve

check: .venv/installed  ## all problems of the content and of the built pages; writes nothing
	$(BIN)/bilateral check

bench: .venv/installed-dev  ## build synthetic archives, and with Hugo where it is installed, and print a table: COUNTS="1000 10000 100000"
	$(BIN)/python -m tests.bench $(COUNTS)

lighthouse: .venv/installed-dev  ## score eight kinds of page of the example archive, as a phone sees them (needs Node)
	$(BIN)/python -m tests.quality lighthouse

validate: .venv/installed-dev  ## hold every page of the example archive against the HTML standard (needs npm and Java)
	$(BIN)/python -m tests.quality validate

format: .venv/installed-dev
	$(BIN)/ruff format --check

lint: .venv/installed-dev
	$(BIN)/ruff check

types: .venv/installed-dev
	$(BIN)/mypy

tests: .venv/installed-dev
	sh tests/browser/install.sh
	$(BIN)/pytest -n 2

.venv/python:
	@test -n "$(PYTHON)" && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "bilateral needs Python 3.11 or newer: install it, or name it with make PYTHON=…"; exit 3; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@touch $@

# Compiled, as pip compiles all else: where Python may not write bytecode, as in many containers, each build would compile all that it
# imports, and not only what has changed since.
.venv/installed: .venv/python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q generator
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

lock: .venv/installed-dev  ## resolve the dependencies anew, with hashes and without addresses
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-header --extra build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-header --extra build --extra dev pyproject.toml -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf site .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis
