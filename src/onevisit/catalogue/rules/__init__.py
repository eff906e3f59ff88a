"""Pure checks of the catalogue: the publishing gate, and what is typed into it."""
