# Two commands do everything on a fresh Debian machine: make demo, make test.
.PHONY: demo test check bench kills clean

demo:
	@.ci/setup run
	@.venv/bin/healthd demo

test:
	@.ci/setup test
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/python -m pytest

# The quick part of the tests: style, types, and everything that needs no other program.
check:
	@.ci/setup test
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/python -m pytest -q -m "not corpus and not slow"

bench:
	@.ci/setup bench
	.venv/bin/python -m benchmarks

# A hundred kills at every named point; make test does a few of them.
kills:
	@.ci/setup test
	HEALTHD_SEEDS=100 .venv/bin/python -m pytest tests/daemon/test_kills.py

clean:
	rm -rf .venv demo healthd-data .pytest_cache .mypy_cache .ruff_cache
