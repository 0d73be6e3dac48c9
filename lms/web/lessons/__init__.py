"""Lesson pages as prepared bytes, and modules as files."""
