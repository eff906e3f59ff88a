"""What pages show, built from the rooms' values: pure functions without a database."""
