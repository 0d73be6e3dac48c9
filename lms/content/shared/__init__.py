"""Files that all courses share: register, glossary, help lines."""
