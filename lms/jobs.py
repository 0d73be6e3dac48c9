"""Puts the worker together from settings. It holds no rule; the command line starts it beside the web."""
