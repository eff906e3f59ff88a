"""Levers of reform: what could be changed in a life event, by whom, for how much, and what the law excludes."""
