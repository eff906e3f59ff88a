"""Halls: who came where and when, and what was handed out."""
