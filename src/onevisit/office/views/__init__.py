"""Pages of the agency officer."""
