# The commands of the project. Python 3.11 or newer and make are all that is needed.

# The first Python that is new enough and can make an environment; give another with make PYTHON=...
# That of the system goes first: it is built to be fast, and one that was built here often is not.
PYTHON ?= $(shell for python in /usr/bin/python3 python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; \
	done || echo python3)
BIN := .venv/bin

# Python keeps what it compiled: else each start compiles hundreds of files again.
unexport PYTHONDONTWRITEBYTECODE

# Passed to pytest, for instance: make test ARGS="tests/agenda -k validate"
ARGS ?=
# One more than the cores of a small machine: there is always a test that waits.
JOBS ?= 3

.PHONY: help demo test check format lock vendor wheel bench environment development

help:
	@echo "make demo    start het overleg met drie demoregio's op http://localhost:8000"
	@echo "make test    draai alle tests"
	@echo "make check   opmaak, lint, types, importregels, sjablonen"
	@echo "make format  zet code en sjablonen in de afgesproken opmaak"
	@echo "make bench   meet de snelheid, schrijft instance/bench.json"
	@echo "make wheel   bouw het wheel in dist/"
	@echo "make lock    schrijf de vastgelegde versies opnieuw"

environment:
	@$(PYTHON) tools/environment.py

development:
	@$(PYTHON) tools/environment.py --dev

demo: environment
	@$(BIN)/python tools/vendor.py
	@exec $(BIN)/overleg demo

# Without the front-end files the tests that need them are left out, and said so at the end.
vendor: development
	@$(BIN)/python tools/vendor.py --dev

test: development
	@$(BIN)/python tools/vendor.py --dev || echo "Verder zonder de bestanden van npm."
	@$(BIN)/pytest -n $(JOBS) --dist worksteal $(ARGS)

check: development
	@$(BIN)/python tools/check.py

format: development
	@$(BIN)/python tools/check.py --write

lock: development
	@$(BIN)/python tools/lock.py

wheel: vendor
	@rm -rf dist && $(BIN)/python -m hatchling build --target wheel

bench: vendor
	@$(BIN)/python -m bench $(ARGS)
