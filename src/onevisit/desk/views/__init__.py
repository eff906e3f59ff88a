"""Pages of the window clerk."""
