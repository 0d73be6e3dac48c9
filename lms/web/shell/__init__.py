"""What surrounds every page: languages, cookies, security, menus, forms."""
