"""Commands that set up, serve, back up and look after an installation."""
