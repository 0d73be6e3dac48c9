"""Lessons as HTML, and pages kept as bytes with holes."""
