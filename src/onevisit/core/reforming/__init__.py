"""Reform: why somebody comes more often than the target, and what would change that for the least money."""
