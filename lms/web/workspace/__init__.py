"""The workspace behind its pages: forms as edits, pieces in words, two texts word by word."""
