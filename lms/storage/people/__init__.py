"""Rows of people, their sessions and codes."""
