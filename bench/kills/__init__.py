"""A whole installation whose processes are killed while people submit, pay and decide, and what must hold then."""
