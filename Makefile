# make run    serve the web chat (and Telegram, with a token) on http://127.0.0.1:8080
# make test   install the rest and run all tests
# make lint   style, types and layer rules
# make train  train both networks from nothing (resumable)
# make bench  accuracy and latency tables
# Another interpreter: make run PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SERVING := $(VENV)/serving.stamp
ALL := $(VENV)/all.stamp
INSTALL := $(BIN)/python -m pip --disable-pip-version-check install --quiet -c constraints.txt

.PHONY: run test lint train bench browser

run: $(SERVING)
	@exec $(BIN)/python -m bot

test: $(ALL) browser
	$(BIN)/python -m pytest

lint: $(ALL)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

train: $(ALL)
	$(BIN)/python -m training all

bench: $(ALL)
	$(BIN)/python -m benchmarks

# The stamps are younger than what was installed, so nothing is installed twice.
$(SERVING): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it: make run PYTHON=python3.12" or 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what serving needs into $(VENV) ..."
	@$(INSTALL) -e .
	@touch $@

$(ALL): $(SERVING)
	@echo "Installing torch, easyocr and the test tools into $(VENV) ..."
	@$(INSTALL) -e '.[torch,test]'
	@touch $@

browser:
	@if command -v chromium >/dev/null && command -v chromedriver >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium chromium-driver; \
	else \
		echo "The browser tests need chromium and chromedriver: sudo apt-get install chromium chromium-driver"; \
	fi
