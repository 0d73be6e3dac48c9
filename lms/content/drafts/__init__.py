"""Drafts of courses, quizzes and surveys."""
