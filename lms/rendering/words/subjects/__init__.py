"""The words of error codes, a file for each subject that has many; `messages` puts them together."""
