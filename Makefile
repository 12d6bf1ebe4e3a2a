# Everything a fresh machine needs is Python 3.11 or newer and make. All paths are relative, so the
# checkout may stand in a folder whose name has spaces.

PYTHON ?= python3
VENV := .venv
READY := $(VENV)/.ready

# A process a core; what the tests of one file share is made by one of them.
AT_ONCE := -n auto --dist loadfile

SWEPT := tests/engines/test_hostile_systems.py tests/windows/groups/test_plain_groups.py \
	tests/windows/groups/test_shapes.py tests/windows/membership/test_votes_follow.py

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help verify recheck test sweep test-spawn diagrams wheel bench mutants clean

help:
	@echo 'make verify    decide every claim in proofs/ and draw the gallery in diagrams/;'
	@echo '               build/verify.txt and build/verify.xml have a line for each question'
	@echo 'make recheck   confirm the certificates of make verify in fresh solvers, against the claims'
	@echo 'make test      lint, format, types, tests'
	@echo 'make sweep     more random examples of what make test looks at'
	@echo 'make test-spawn  the tests of the command line and of processes, started as on Windows'
	@echo 'make diagrams  the same as make verify'
	@echo 'make wheel     build the wheel and the sdist, and try the wheel in a fresh environment'
	@echo 'make bench     measure; with BENCH=--write also into docs/benchmarks.md'
	@echo 'make mutants   break the model guard by guard; with MUTANTS=--write the score into docs as well'
	@echo 'make clean     remove what was built, the environment included'
	@echo
	@echo 'PYTHON=... chooses the interpreter, python3 by default.'

verify: $(READY)
	$(VENV)/bin/quorate verify proofs -o diagrams --certificates proofs/certificates \
		--table build/verify.txt --junit build/verify.xml

diagrams: verify

test: $(READY)
	$(VENV)/bin/python -m ruff check .
	$(VENV)/bin/python -m ruff format --check .
	$(VENV)/bin/python -m mypy
	$(VENV)/bin/python -m pytest $(AT_ONCE)

# Several times as many random examples as make test looks at.
sweep: $(READY)
	QUORATE_EXAMPLES=150 $(VENV)/bin/python -m pytest $(AT_ONCE) $(SWEPT)

# Windows and macOS start processes in another way, which can be tried anywhere.
test-spawn: $(READY)
	QUORATE_START_METHOD=spawn $(VENV)/bin/python -m pytest tests/inquiry tests/cli tests/families

# The wheel is tried where the checkout cannot be imported by accident: in another folder, isolated
# from PYTHONPATH, on a copy of a cluster file.
wheel: $(READY)
	rm -rf dist
	$(VENV)/bin/python -m build --outdir dist .
	@set -eu; \
	unset PYTHONPATH; \
	scratch=$$(mktemp -d); \
	trap 'rm -rf "$$scratch"' EXIT; \
	$(VENV)/bin/python -m venv "$$scratch/venv"; \
	"$$scratch/venv/bin/python" -m pip install --quiet dist/quorate-*.whl; \
	cp proofs/clusters/three-nodes.toml "$$scratch/cluster.toml"; \
	cd "$$scratch"; \
	venv/bin/quorate --version; \
	venv/bin/quorate check cluster.toml

# The certificates that make verify leaves, by every solver that is installed, against the claims.
recheck: $(READY)
	$(VENV)/bin/quorate recheck proofs/certificates --against proofs -q

bench: $(READY)
	$(VENV)/bin/python benchmarks/run.py $(BENCH)

mutants: $(READY)
	$(VENV)/bin/python benchmarks/mutants.py $(MUTANTS)

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(READY): pyproject.toml
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'quorate needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3.11' >&2; \
		exit 1; \
	}
	"$(PYTHON)" -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet -e '.[test,cvc5]'
	@touch $(READY)
