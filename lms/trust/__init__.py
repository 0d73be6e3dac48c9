"""Passwords, tokens, keys and seals: the only room that knows cryptography.

The law here: secrets come in and verdicts go out. No secret is logged, none is kept in an exception, and
comparisons take the same time whatever the answer.
"""
