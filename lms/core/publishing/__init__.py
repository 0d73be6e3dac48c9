"""How much a release changes, and what a piece of content says apart from how it is written."""
