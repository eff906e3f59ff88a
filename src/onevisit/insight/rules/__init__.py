"""Pure checks on frozen values."""
