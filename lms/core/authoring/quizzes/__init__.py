"""A quiz under the hands of its authors: its questions as forms, and how it is written."""
