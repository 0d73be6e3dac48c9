"""What is true: pure nouns and judgements.

Law: the standard library only. No clock, no disk, no gettext, no Flask; whatever varies is an argument.
"""
