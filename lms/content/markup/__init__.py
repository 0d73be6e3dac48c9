"""Markdown and containers to core blocks."""
