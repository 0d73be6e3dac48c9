"""Pages for authors and admins."""
