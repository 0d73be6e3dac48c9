"""Who somebody is to the house: actors, roles, names, reader settings."""
