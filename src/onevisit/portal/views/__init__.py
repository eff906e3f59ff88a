"""The applicant's pages: each parses, calls one action or query, and answers."""
