"""Rules about words: languages, reading levels, typography, terms."""
