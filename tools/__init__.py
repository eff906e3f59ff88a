"""What `make` runs before, and around, the package itself."""
