"""Backups and restores: the file, the rows in it, what changes places, and what is kept for a while."""
