"""A module as one file, and its questions on paper."""
