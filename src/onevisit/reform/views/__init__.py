"""Pages of the reform office."""
