"""Letters: what was told to whom, and its document."""
