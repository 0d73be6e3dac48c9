"""Sealed releases on disk."""
