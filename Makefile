# shokibo: the commands of the project. `make help` lists them.
.DEFAULT_GOAL := help
SHELL := bash
SHOKIBO := .venv/bin/shokibo
DEBIAN_FOR_TESTS := libreoffice-calc libreoffice-writer poppler-utils chromium postgresql clamav-daemon
# Every address by every role, every page's forms and tables, random calls of the API, pages of a large
# authority.
SWEEPS := $(addprefix tests/web/test_,matrix.py api_matrix.py api_contract.py scaling.py wrong_values.py \
	wrong_values_of_anybody.py api_wrong_values.py every_form.py shown_tables.py)
# Random plans, rules and workbooks against their references, hostile files, a failure at every
# statement: they prove more than they cover.
UNTRACED := tests/planning/test_differential.py tests/test_differential.py tests/ledger/test_hostile.py \
	$(addprefix tests/web/test_,exchange_property.py nth_failure.py outage_midway.py)
# A test runs on one database (decision 0048): on SQLite what asks none, words, pages and their pictures,
# files; on PostgreSQL, which offices use, everything else of the web;
ON_POSTGRESQL := $(filter-out $(wildcard $(addprefix tests/web/test_,*_pages.py today_*.py \
	api_g*.py api_re*.py certification_judgement.py certification_letters.py exchange_hostile.py \
	exchange_problems.py log_lines.py logs.py messages.py plan_comparing_words.py plan_preview.py \
	plan_size.py reader_limits.py register_edits.py register_pictures.py \
	running.py backup.py drill.py disk_full.py slow_callers.py environment.py scanning.py \
	browser_security.py api_problems.py database_away.py log_owner.py names_of_templates.py \
	one_declaration.py template_loading.py)),$(wildcard tests/web/test_*.py))
# and on both what asks the database for more than rows: promises, locks, commits, order, length, JSON.
ON_BOTH := $(UNTRACED) $(addprefix tests/web/test_,accounts.py api_tokens.py bridge.py cached_answers.py \
	care_forgetting.py care_retention.py certification_changes.py certification_transitions.py \
	certified_months.py declared_tables.py exchange_import.py exchange_tries.py exchange_worker.py \
	faults.py lengths.py letter_issuing.py lists.py log_chain.py log_shown.py log_system.py mail.py \
	many_workers.py nation_files.py needs_computing.py opendata.py own_values.py plan_versions.py \
	practice.py removed_rows.py reporting.py returns.py rules_cached.py search.py second_factor.py \
	sent_again.py sessions.py signed_cache.py steps.py submitting.py unseen_characters.py \
	upload_bounds.py year_rows.py)
# What `make test` tries in part and `make attack` in full.
ATTACKED := $(addprefix tests/web/test_,nth_failure.py wrong_values.py wrong_values_of_anybody.py \
	api_wrong_values.py api_contract.py)
# What `make check` leaves to `make test`, unless it was changed itself.
SLOW := $(sort $(SWEEPS) $(UNTRACED) $(ATTACKED))
.PHONY: help demo test check coverage attack lint style types bench counts docs messages pictures format release clean

help: ## List the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

.venv/.ready: pyproject.toml uv.lock scripts/setup.sh
	@scripts/setup.sh
	@touch $@

demo: .venv/.ready ## Do the main job on the example of Setagaya, into out/
	@scripts/demo.sh

test: .venv/.ready ## Check style, types and layers, and run every test
	@scripts/setup.sh debian $(DEBIAN_FOR_TESTS)
	@$(MAKE) --no-print-directory style
	@$(MAKE) --no-print-directory -j2 types coverage
	.venv/bin/pytest -n auto tests/web/browser $(UNTRACED)

check: .venv/.ready ## Check style, types and layers, and run the tests near what was changed
	@$(MAKE) --no-print-directory lint
	@near=$$(.venv/bin/python -m scripts.near_tests $(SLOW)) && { [ -z "$$near" ] || .venv/bin/pytest -n auto $$near; }

coverage: .venv/.ready ## Run the tests that cover the code with branch coverage, and hold its floors
	@rm -rf .coverage
	.venv/bin/python -m pytest -n auto -p tests.coverage \
		$(addprefix --ignore ,tests/web/browser $(UNTRACED) $(filter-out $(ON_BOTH),$(ON_POSTGRESQL)))
	.venv/bin/python -m scripts.with_postgresql .venv/bin/python -m pytest -n auto -p tests.coverage $(ON_POSTGRESQL)
	.venv/bin/python scripts/coverage_floor.py .coverage

attack: .venv/.ready ## Try every wrong value, every statement that fails, and thousands of damaged files
	ATTACK=all WRONG_VALUES=all .venv/bin/pytest -n auto $(ATTACKED)
	.venv/bin/python -m tests.mutations --count 2000

lint: style types ## Check style, types and the layers

style: .venv/.ready
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/djangofmt --check src
	@! LC_ALL=C.UTF-8 grep -rnE --include='*.html' '.{121}' src || { echo 'Templates have lines over 120 characters.'; exit 1; }
	.venv/bin/lint-imports --no-logo

types: .venv/.ready
	.venv/bin/mypy

format: .venv/.ready ## Put the code into its style
	.venv/bin/ruff format .
	.venv/bin/djangofmt src
	.venv/bin/ruff check --fix .

bench: .venv/.ready ## Measure speed and memory, into docs/performance.md
	@SHOKIBO_GROUPS="--group bench" scripts/setup.sh
	.venv/bin/python -m benchmarks

counts: .venv/.ready ## Do the standard jobs in the browser, and write down the clicks and keys that fell
	LOWER_COUNTS=1 .venv/bin/pytest tests/web/browser/test_counts.py
	@$(MAKE) --no-print-directory docs

docs: .venv/.ready ## Write the generated pages of docs/ again
	.venv/bin/python -m scripts.generate_docs

messages: .venv/.ready ## Collect the messages of the pages for translation, and compile them
	.venv/bin/python -m scripts.messages

pictures: .venv/.ready ## Draw the pictures of docs/ again
	@scripts/setup.sh debian $(DEBIAN_FOR_TESTS) fonts-noto-cjk
	.venv/bin/python -m scripts.draw_pictures $(ONLY)

release: .venv/.ready ## Make the wheel, the list of its components and their digests, into dist/
	@scripts/release.sh

clean: ## Remove what the other commands made
	rm -rf .venv .tools out dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
