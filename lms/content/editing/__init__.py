"""A lesson or quiz file as pieces that are changed one at a time, every other byte kept."""
