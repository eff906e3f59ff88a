"""Persons, organisations, agencies' staff and roles, sign-in, and who looked at whose data."""
