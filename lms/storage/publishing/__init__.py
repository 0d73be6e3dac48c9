"""Rows of releases: published, and current from when."""
