# Thin: each line is a command one could type.

.PHONY: run test test-long bench fmt lint

run:
	@scripts/run

test:
	@scripts/test

test-long:
	@KAFEDRA_TEST_LONG=1 scripts/test

bench:
	@scripts/bench

fmt:
	cargo fmt --all

lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cd web && npm run lint
