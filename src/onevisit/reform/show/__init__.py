"""What the reform office's pages show, put together from what the catalogue says."""
