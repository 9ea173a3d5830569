# make run    serve the web chat (and Telegram, with a token) on http://127.0.0.1:8080
# make test   install the rest and run all tests
# make test-all  the same, with twenty times as many examples of what is tested by examples
# make lint   style, types and layer rules
# make mutants  how many changes to the rules for codes the tests would miss
# make train  train both networks from nothing (resumable)
# make bench  accuracy and latency tables, with both RapidOCRs and Tesseract beside us
# make notices  the lists of packages in THIRD_PARTY_NOTICES.md, from what is installed
# Options for train and bench: make bench ARGS="--real PHOTOS --real CROPS"
# Another interpreter: make run PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SERVING := $(VENV)/serving.stamp
ALL := $(VENV)/all.stamp
RAPIDOCR := .venv-rapidocr/rapidocr.stamp
INSTALL := $(BIN)/python -m pip --disable-pip-version-check install --quiet -c constraints.txt

NEWENV = $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it: make run PYTHON=python3.12" or 0)' \
	&& { test -x $(BIN)/python || $(PYTHON) -m venv $(VENV); }

.PHONY: run test test-all lint mutants train bench notices system tesseract

run: $(SERVING)
	@exec $(BIN)/pumbeon serve

test: $(ALL) system
	$(BIN)/python -m pytest

test-all: $(ALL) system
	THOROUGH=1 $(BIN)/python -m pytest --timeout 3600

lint: $(ALL)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

mutants: $(ALL)
	$(BIN)/python -m tests.mutants $(ARGS)

train: $(ALL)
	$(BIN)/python -m training all $(ARGS)
	$(BIN)/python -m benchmarks.cards

bench: $(ALL) $(RAPIDOCR) tesseract
	$(BIN)/python -m training fonts
	$(BIN)/python -m benchmarks $(ARGS)
	$(BIN)/python -m benchmarks.offers
	-$(BIN)/python -m benchmarks.storage
	-$(BIN)/python -m benchmarks.admin
	-$(BIN)/python -m benchmarks.day
	-$(BIN)/python -m benchmarks.storm

notices: $(ALL)
	$(BIN)/python -m release.notices

# The stamps are younger than what was installed, so nothing is installed twice.
$(SERVING): pyproject.toml constraints.txt
	@$(NEWENV)
	@echo "Installing what serving needs into $(VENV) ..."
	@$(INSTALL) -e .
	@touch $@

# Compiled when it is imported: most of torch's and the test tools' modules never are, and pip
# compiles with one core.
$(ALL): pyproject.toml constraints.txt
	@$(NEWENV)
	@echo "Installing torch, easyocr and the test tools into $(VENV) ..."
	@$(INSTALL) --no-compile -e '.[torch,test,bench]'
	@touch $(SERVING) $@

# The older one (the newer one serves as witness, so it is there already). Apart from the rest: it
# brings an opencv-python that would overwrite our headless one.
$(RAPIDOCR): constraints.txt
	@echo "Installing RapidOCR 1 into $(@D) ..."
	@{ $(PYTHON) -m venv $(@D) && $(@D)/bin/python -m pip --disable-pip-version-check install --quiet \
		-c constraints.txt 'rapidocr-onnxruntime>=1.4' && touch $@; } \
		|| { rm -rf $(@D); echo "RapidOCR 1 could not be installed; its rows will say so."; }

# What tests need beside Python: a browser and a PostgreSQL server.
DEBIAN := chromium chromium-driver postgresql
system:
	@if command -v chromium >/dev/null && command -v chromedriver >/dev/null && ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(DEBIAN) >/dev/null; \
	else \
		echo "Some tests need a browser and PostgreSQL: sudo apt-get install $(DEBIAN)"; \
	fi

tesseract:
	@if command -v tesseract >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends tesseract-ocr >/dev/null; } \
		|| echo "Tesseract could not be installed; its rows will say so."; \
	else \
		echo "To measure Tesseract, too: sudo apt-get install tesseract-ocr"; \
	fi
