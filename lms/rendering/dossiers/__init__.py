"""Rendering of change dossiers: the PDF that a funder or a lawyer reads, in one language."""
