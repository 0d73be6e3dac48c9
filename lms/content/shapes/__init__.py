"""YAML with places, schemas, and findings for what does not fit."""
