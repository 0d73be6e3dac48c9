"""Rows of enrolments, attempts, surveys and what learners tell."""
