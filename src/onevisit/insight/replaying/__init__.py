"""Replays: applicants planned by the catalogue in force and by a changed one, in whole chunks; without a database."""
