"""Rules that need more than one file: what a draft leans on, and whether that is there.

The law here: a rule reads and judges, and never writes, repairs or leaves anything out because a name is on a
list.
"""
