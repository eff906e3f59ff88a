"""One folder for each outside system of the payments room."""
