"""The face for machines: /api/v1, its OpenAPI document and its page for integrators."""
