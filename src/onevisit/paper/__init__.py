"""Documents on paper: typst to PDF/A, sealed and signed; and the check of such a file."""
