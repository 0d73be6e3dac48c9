"""What anybody may read: courses, the glossary, the register, search."""
