"""Our PostgreSQL backend for Django: see base.py."""
