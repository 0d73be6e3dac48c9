"""Pages for authors, where a course is written, checked and published."""
