"""Workspace pages of versions: what differs, translations, review, publishing."""
