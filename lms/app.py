"""Puts the web application together from settings. It holds no rule; a server and the tests call it."""
