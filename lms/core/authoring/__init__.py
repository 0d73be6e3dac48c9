"""Judgements about a draft under way: who wrote what, what follows what. Holds no file and no form."""
