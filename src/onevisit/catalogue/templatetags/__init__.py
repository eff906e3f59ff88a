"""The content's filter for templates."""
