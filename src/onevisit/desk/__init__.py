"""The window clerk's face."""
