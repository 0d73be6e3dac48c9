"""How the tables came to be: one file per step, never changed once released.

The law here: a step runs forward and back with rows in the tables, and the last step equals `storage.tables`.
"""
