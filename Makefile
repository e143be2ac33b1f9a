# Two commands do everything on a fresh machine: `make demo` and `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
OTHERS := $(foreach version,3.12 3.13,$(if $(shell .ci/interpreter $(version)),$(version)))
BIN := .venv/bin
PIP := -m pip install --quiet --disable-pip-version-check
READY := .venv/.ready
# Tests of a module stay on one worker, which makes what they share once, until the other one has nothing to do.
PYTEST := -m pytest --dist worksteal --numprocesses
COMPILED := .cache/tests-compiled
HTTPX2 := .venvs/httpx2
DOCS := .venvs/docs
RELEASE := .venvs/release
OTHERS_READY := $(OTHERS:%=.venvs/%/.ready)
INPUTS := requirements/run.txt requirements/dev.txt pyproject.toml

# What Python has compiled is kept, whoever forbids it: a start of ours then takes a third less.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo docs docs-cli test test-long suite suite-long test-httpx2 environments environments-long
.PHONY: static-pyright static-mypy static-plugin static-generated static-style
.PHONY: test-matrix release check generate bench hooks soak clean

demo: $(READY)
	$(BIN)/python examples/demo.py

# Tests begin with what mypy has kept, and compiled, which each of their processes would do by itself otherwise. They run
# in four processes, since many of them wait for a disk or a process; where the system shares out cores by process, that
# leaves them more of a busy machine.
test:
	$(MAKE) --jobs 2 environments
	$(MAKE) --jobs 3 static-mypy static-plugin static-generated static-style $(COMPILED)
	$(MAKE) suite

# The other half of what CI runs: tests that need a wheel, an environment, a browser, Spark or a checker of whole
# packages, many programs or many rounds. Pyright keeps nothing and takes one core for two minutes: it runs beside them.
test-long:
	$(MAKE) --jobs 2 environments environments-long
	$(MAKE) --jobs 2 static-mypy static-plugin $(COMPILED)
	$(MAKE) --jobs 2 suite-long static-pyright test-httpx2

suite: $(READY)
	$(BIN)/python $(PYTEST) 4 -m "not long"

suite-long: $(READY)
	$(BIN)/python $(PYTEST) 4 -m long

environments: $(READY) $(OTHERS_READY)

environments-long: $(DOCS)/.ready $(HTTPX2)/.ready

$(COMPILED): $(READY) $(shell find tests -name '*.py')
	-$(BIN)/python -m pytest --collect-only --quiet --quiet > /dev/null
	mkdir -p $(@D) && touch $@

static-pyright: $(READY)
	$(BIN)/basedpyright

static-mypy: $(READY)
	$(BIN)/mypy

static-plugin: $(READY)
	$(BIN)/mypy --config-file tests/typing/plugin.ini --cache-dir .mypy_cache/plugin

static-generated: check
	$(BIN)/lint-imports --no-cache

static-style: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# What goes over the network once more, with httpx2 in the place of httpx: transport, retries, uploads, sign-ins.
# And the server for assistants, whose SDK is built on httpx2.
test-httpx2: $(HTTPX2)/.ready
	$(HTTPX2)/bin/python $(PYTEST) 2 tests/engine/auth tests/engine/client tests/engine/transport \
		tests/engine/services/test_uploads.py tests/engine/services/test_downloads.py \
		tests/engine/services/test_transfers.py tests/cli/test_mcp.py

# The first hour of a user on every Python here, with the lowest and the highest versions of all dependencies.
test-matrix: $(RELEASE)/.ready
	$(RELEASE)/bin/python -m tools.matrix

# Wheel, source archive, bill of materials and checksums in dist/release, checked. Uploads nothing. `make release
# VERSION=0.2.0` demands what a release needs beyond that; without it, it is a trial.
release: $(RELEASE)/.ready
	$(RELEASE)/bin/python -m tools.release $(if $(VERSION),--version $(VERSION))

# The long form of tests that the suite runs a bounded part of: a sync against a model, and killed at any step; a
# Ctrl-C at every line of every call; a sandbox that dies before every statement; nonsense for every field of every write;
# `make test test-long` in the source archive, unpacked, with the environments made here.
soak: $(READY)
	WORKFRONT_SOAK=1 $(BIN)/python $(PYTEST) 2 tests/arguments tests/engine/client/test_interrupts.py \
		tests/engine/sync tests/packaging tests/sandbox/test_failing_database.py

check: $(READY)
	$(BIN)/workfront-codegen generate --check
	$(BIN)/python -m tools.sync_from_async --check

generate: $(READY)
	$(BIN)/python -m tools.sync_from_async
	$(BIN)/workfront-codegen generate

# The pages that are made of the code: every command and option, every error. Tests compare them with it.
docs-cli: $(READY)
	$(BIN)/python -m tools.command_reference
	$(BIN)/python -m tools.error_reference

# The pages as a site, in site/. A link that leads nowhere, or a name without a docstring's place, stops it.
docs: $(READY) $(DOCS)/.ready
	$(BIN)/python -m tools.field_dictionary docs/reference/fields
	$(DOCS)/bin/zensical build --strict

bench: .venv/.bench
	$(BIN)/python -m benchmarks

# The checks of .pre-commit-config.yaml before each commit; pre-commit itself is found on the PATH.
hooks: $(READY)
	pre-commit install

$(READY): $(INPUTS)
	$(PYTHON) -m venv .venv
	$(BIN)/python $(PIP) -r requirements/dev.txt
	$(BIN)/python $(PIP) --no-build-isolation --no-deps --editable .
	touch $@

.venv/.bench: $(READY) requirements/bench.txt
	$(BIN)/python $(PIP) -r requirements/bench.txt
	touch $@

# The other interpreters prove that the generator's output and the engine do not depend on the Python version.
$(HTTPX2)/.ready: requirements/run.txt requirements/httpx2.txt pyproject.toml
	$(PYTHON) -m venv $(HTTPX2)
	$(HTTPX2)/bin/python $(PIP) -r requirements/httpx2.txt
	$(HTTPX2)/bin/python $(PIP) --no-build-isolation --no-deps --editable .
	touch $@

$(DOCS)/.ready: requirements/docs.txt
	$(PYTHON) -m venv $(DOCS)
	$(DOCS)/bin/python $(PIP) -r requirements/docs.txt
	touch $@

$(RELEASE)/.ready: requirements/release.txt
	$(PYTHON) -m venv $(RELEASE)
	$(RELEASE)/bin/python $(PIP) -r requirements/release.txt
	touch $@

.venvs/%/.ready: requirements/run.txt pyproject.toml
	$$(.ci/interpreter $*) -m venv .venvs/$*
	.venvs/$*/bin/python $(PIP) -r requirements/run.txt
	.venvs/$*/bin/python $(PIP) --no-build-isolation --no-deps --editable .
	touch $@

clean:
	rm -rf .venv .venvs .mypy_cache .ruff_cache .pytest_cache .cache dist site
