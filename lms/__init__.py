"""Parvis: courses kept as files, learning kept in a database, certificates anyone can verify."""
