# Contributor verbs: demo, test, lint, bench, clean. Each sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := .setup
comma := ,

.PHONY: demo test lint bench clean lock screenshots matrix

## The main job on the replica web, then the site (SERVE=0 stops after the summary).
SERVE ?= 1
demo: $(STAMPS)/python $(STAMPS)/font
	$(BIN)/nianbao demo --data data/demo $(if $(filter 0,$(SERVE)),--no-serve)

test: $(STAMPS)/python $(STAMPS)/font $(STAMPS)/browser $(STAMPS)/office
	$(BIN)/python -m pytest

lint: $(STAMPS)/python
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	# From inside: seen from the root, mypy would take our folder for the library of the same name.
	cd datasette && MYPYPATH=.. ../$(BIN)/mypy --config-file ../pyproject.toml \
		--allow-untyped-decorators --no-namespace-packages serve.py plugins

bench: $(STAMPS)/python $(STAMPS)/font
	$(BIN)/python -m bench

## The two pictures of the README.
screenshots: $(STAMPS)/python $(STAMPS)/font $(STAMPS)/browser
	$(BIN)/python -m tests.screenshots

## Every format with every look, wording and set of figures, and what was read of it; then worn scans with
## twenty further seeds. FORMATS="docx ofd" reads those formats alone.
matrix: $(STAMPS)/python $(STAMPS)/font $(STAMPS)/browser $(STAMPS)/office
	$(BIN)/python -m tests.matrix $(FORMATS)
	$(if $(FORMATS),,$(BIN)/python -m tests.parsers.scan_score)

## Pin the dependencies anew after a change of pyproject.toml.
lock: $(STAMPS)/python
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --group dev pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) $(STAMPS) .cache .mypy_cache datasette/.mypy_cache .ruff_cache .pytest_cache build dist *.egg-info data/demo
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# $(call apt,PACKAGE,COMMAND THAT SUCCEEDS WHEN IT IS THERE)
define apt
@if ! { $(2); } >/dev/null 2>&1; then \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
		apt-get install -qq -y --no-install-recommends $(1) >/dev/null; \
	else \
		echo "nianbao needs the system packages: $(1). Install them (Debian, Ubuntu: sudo apt-get install $(1)) and run make again." >&2; \
		exit 1; \
	fi; \
fi
endef

$(STAMPS)/python: pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "nianbao needs Python 3.11 or newer; name one: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	$(call apt,python3-venv,$(PYTHON) -c 'import ensurepip$(comma) venv')
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/font:
	$(call apt,fonts-wqy-zenhei,test -e /usr/share/fonts/truetype/wqy/wqy-zenhei.ttc)
	@mkdir -p $(STAMPS) && touch $@

# libatomic1: the program that drives the browser is linked against it.
$(STAMPS)/browser: $(STAMPS)/python $(STAMPS)/font
	$(call apt,chromium libatomic1,command -v chromium && $(BIN)/python -m playwright --version)
	@mkdir -p $(STAMPS) && touch $@

# LibreOffice: what reads DOC, WPS and RTF, and makes such files for the tests.
$(STAMPS)/office:
	$(call apt,libreoffice-writer-nogui libreoffice-calc-nogui,command -v soffice)
	@mkdir -p $(STAMPS) && touch $@
