"""The draft of a course as a whole: its findings, find and replace, what is new."""
