"""Serving: the address, the site loaded once, and the processes that are forked from it."""
