# Every command of the working day. PY is the Python of the environment that has certgen and its test extra.
PY ?= python

.PHONY: check lint types test test-all bench samples

check: lint types test        ## what CI runs, without the parts that need system packages

lint:
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .

types:
	$(PY) -m mypy

test:                         ## everything that needs nothing but PyPI
	$(PY) -m pytest -n auto -m "not system and not long"

test-all:                     ## also what needs poppler, qpdf and LibreOffice, and the long trials
	$(PY) -m pytest -n auto

bench:                        ## the same certificates by certgen, by reportlab and by a bare writer
	$(PY) -m bench

samples:                      ## build the sample workbooks and what comes out of them again
	$(PY) samples/make.py --certificates
