"""Comparing two versions of a life event, in words."""
