"""What authors do when a law changes: note it, hold a statement, follow it through."""
