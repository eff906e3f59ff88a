"""One folder for each outside system: its client and the mapping of its answers."""
