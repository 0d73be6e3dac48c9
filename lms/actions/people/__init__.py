"""Accounts, sessions, ways to sign in, and the limits on guessing them."""
