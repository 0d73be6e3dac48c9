"""Every table of the database, a module for each subject. Only `storage` reads these."""
