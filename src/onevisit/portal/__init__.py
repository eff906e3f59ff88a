"""The applicant's face."""
