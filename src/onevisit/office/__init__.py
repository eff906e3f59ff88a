"""The agency officer's face."""
