"""The files of a site: read once, written whole."""
