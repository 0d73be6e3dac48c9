"""What a draft must be: rules over one document or over its languages; each returns findings."""
