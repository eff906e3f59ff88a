"""Registers behind the HTTP contract of docs/register-contract.yaml."""
