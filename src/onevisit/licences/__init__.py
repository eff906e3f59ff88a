"""Licences: issue, document, verify, revoke."""
