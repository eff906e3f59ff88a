"""Data sharing: what other bodies' registers know, asked for a purpose and logged."""
