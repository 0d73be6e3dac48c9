"""The database: rows in, core objects out, and the only room that knows SQL.

The law here: no rule is decided and no transaction is opened or committed on its own account; an action opens
one and hands it down. Library errors are translated at this border and never leave it. No lesson text is kept
in a table.
"""
