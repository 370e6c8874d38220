# Needs make and Python 3.11 or newer with venv; everything else goes into .venv.
# Another Python: make PYTHON=/path/to/python setup

VENV := .venv
BIN := $(VENV)/bin
# Rewritten when the lock, the project or a compiled module changes: set-up is done again only then.
STAMP := $(VENV)/.installed
LOCKED := $(VENV)/.locked
COMPILED := $(shell sed -n 's|^  "\(crawler/.*\.py\)",$$|\1|p' pyproject.toml)
# Newest first. A shim of that name may exist without a Python behind it, so each is run.
PYTHONS := $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python

.PHONY: help setup demo test test-all lint bench pictures lock clean

help:
	@echo 'make demo      crawl a web of twenty hosts on this machine and show what came of each'
	@echo 'make test      the fast tests'
	@echo 'make test-all  the fast and the slow tests'
	@echo 'make lint      ruff, mypy and the import layers'
	@echo 'make bench     pages per second on real HTML, beside other crawlers'
	@echo 'make pictures  draw the pictures of the README anew'
	@echo 'make setup     what the others do first: .venv with everything in it'
	@echo 'make lock      write requirements.lock anew from pyproject.toml'
	@echo 'make clean     remove .venv, caches and what demo and bench left'

setup: $(STAMP)

$(LOCKED): requirements.lock
	@for python in $(PYTHONS); do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    if ! $$python -c 'import ensurepip, venv' 2>/dev/null; then \
	      echo "make: $$python lacks venv; on Debian and Ubuntu: apt-get install python3-venv" >&2; \
	      exit 1; \
	    fi; \
	    echo "Installing into $(VENV) with $$($$python --version); this takes a minute or two."; \
	    exec $$python -m venv $(VENV); \
	  fi; \
	done; \
	echo 'make: needs Python 3.11 or newer, and found none of: $(strip $(PYTHONS))' >&2; exit 1
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --prefer-binary \
	  --require-hashes -r requirements.lock
	@touch $(LOCKED)

# Compiles the hot modules where there is a C compiler; CRAWLER_COMPILE=0 leaves them as they are.
$(STAMP): $(LOCKED) pyproject.toml hatch_build.py $(COMPILED)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  --no-deps --no-build-isolation -e .
	@$(BIN)/crawler --version
	@touch $(STAMP)

demo: $(STAMP)
	@$(BIN)/crawler demo

# In two processes, each file in one: what its tests share is made once.
test: $(STAMP)
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

test-all: $(STAMP)
	HYPOTHESIS_PROFILE=all $(BIN)/python -m pytest -q -m 'slow or not slow'

lint: $(LOCKED)
	@status=0; \
	for tool in 'ruff check .' 'ruff format --check .' mypy lint-imports; do \
	  echo "$(BIN)/$$tool"; $(BIN)/$$tool || status=1; \
	done; exit $$status

bench: $(STAMP)
	$(BIN)/python -m benchmarks.crawl

# What the README shows, drawn anew from real runs; the pages need Debian's chromium.
pictures: $(STAMP)
	$(BIN)/python -m tests.demo.pictures docs/img
	@$(BIN)/python -c 'import playwright' 2>/dev/null || \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check 'playwright>=1.56'
	$(BIN)/python -m tests.demo.page_pictures docs/img

# The lock names versions and hashes and no place to get them from: pip's own settings say where.
lock:
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --extra parquet --extra extract \
	  --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --quiet --output-file requirements.lock

clean:
	rm -rf $(VENV) dist build bench-data demo-job demo-corpus .coverage .hypothesis
	rm -f crawler_compiled__mypyc.* && find crawler -name '*.so' -delete
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
