# Shorthand for the two commands; `script/server` and `script/test` need no make.
.PHONY: help test fast all serve format lock

help: ## say what there is
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

test: ## format, lint, types, contracts, tests, content
	script/test

fast: ## the same without a browser, in under 90 seconds
	script/test --fast

all: ## the same with the full browser matrix
	script/test --all

serve: ## set up and serve on this machine
	script/server

format: ## format, and mend what the linter can mend
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

lock: ## write both locks anew (needs uv)
	script/lock
