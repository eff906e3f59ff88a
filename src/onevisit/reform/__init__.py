"""The reform office's face."""
