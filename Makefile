# Two commands do everything on a fresh Debian machine: make demo, make test.
.PHONY: demo test check bench clean

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
	@.ci/setup test
	.venv/bin/python -m benchmarks

clean:
	rm -rf .venv demo healthd-data .pytest_cache .mypy_cache .ruff_cache
