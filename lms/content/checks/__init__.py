"""Every rule over every file of a site."""
