# Everything here sets up what it needs first; see tools/environment.
#   CASPIT_ENV=/path   keeps the environment there instead of in .environment
#   ODOO_SOURCE=/path  uses an Odoo 19 source tree instead of downloading one
#   PGHOST=… etc.      use that PostgreSQL server instead of a private one
PYTHON ?= python3
ENVIRONMENT := $(abspath $(or $(CASPIT_ENV),.environment))
IN_ENVIRONMENT := $(ENVIRONMENT)/venv/bin/python -m
SERVE ?= 1

.PHONY: help environment demo test mutants torture fuzz attack together installations bench lint replay reconcile ledger pictures readme translations clean
.DEFAULT_GOAL := help

help: ## Show this
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile

environment: ## Set up Odoo 19, its Python, PostgreSQL and a browser, as far as missing
	@$(PYTHON) -m tools.environment

demo: environment ## Odoo with the add-on and example messages (SERVE=0: end after them)
	@$(IN_ENVIRONMENT) tools.trials.demo $(if $(filter 0,$(SERVE)),--no-serve)

test: environment ## Run every test (ARGS="..." goes to pytest)
	@$(IN_ENVIRONMENT) tools.run_tests $(ARGS)

mutants: environment ## Try whether tests notice faults in pure libraries: ARGS="paypal/lines"
	@$(IN_ENVIRONMENT) tools.mutants $(ARGS)

torture: environment ## Kill and restart everything under 1,000 messages: ARGS="--seed 2"
	@$(IN_ENVIRONMENT) tools.torture $(ARGS)

fuzz: environment ## Feed the add-on garbage: ARGS="--cases 100000"
	@$(IN_ENVIRONMENT) tools.fuzz $(ARGS)

attack: environment ## Attack the add-ons from outside: ARGS="--only roles"
	@$(IN_ENVIRONMENT) tools.attacks $(ARGS)

together: environment ## Install beside shops, localisations and OCA add-ons, and leave again
	@$(IN_ENVIRONMENT) tools.packaging.together

installations: environment ## Install the add-on as people do, and send a message through each
	@$(IN_ENVIRONMENT) tools.packaging.installations

bench: environment ## Measure speed and memory against others, in one run: ARGS="--only intake"
	@$(IN_ENVIRONMENT) tools.bench $(ARGS)

lint: environment ## Check style and the add-on's structure
	@PATH="$(ENVIRONMENT)/venv/bin:$(ENVIRONMENT)/node/node_modules/.bin:$$PATH" PRE_COMMIT_HOME="$(ENVIRONMENT)/run/pre-commit" \
		pre-commit run --all-files --show-diff-on-failure

replay: environment ## Send messages to a fresh Odoo: IPN="FILE..." [ARGS="..."]
	@$(IN_ENVIRONMENT) tools.trials.replay $(ARGS) $(IPN)

ledger: environment ## Walk PayPal's ledger: MOVES="FILE.json" [ARGS="..."]
	@$(IN_ENVIRONMENT) tools.trials.ledger $(MOVES) $(ARGS)

reconcile: environment ## PayPal's list against a fresh Odoo's books: CSV="FILE" [ARGS="..."]
	@$(IN_ENVIRONMENT) tools.trials.reconcile $(ARGS) $(CSV)

pictures: environment ## Take the pictures of docs/pictures anew
	@$(IN_ENVIRONMENT) tools.trials.pictures

readme: environment ## Make the add-ons' README.rst and index.html from readme/
	@$(IN_ENVIRONMENT) tools.packaging.readme $(ARGS)

translations: environment ## Bring the .pot and .po files up to date
	@$(IN_ENVIRONMENT) tools.packaging.translations $(ARGS)

clean: ## Delete the environment, with the databases in it
	@$(PYTHON) -m tools.environment --remove
	@rm -rf .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +
