"""Tags that the pages' templates use."""
