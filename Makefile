# Four commands; tools/make.py says what each does.
PYTHON ?= python3

.PHONY: run test check bench
run test check bench:
	@exec $(PYTHON) tools/make.py $@ $(ARGS)
