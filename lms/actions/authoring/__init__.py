"""What authors do with drafts: edit, look, bring back, review."""
