"""A lesson under the hands of its authors: pieces, changes of them, rows of two languages."""
