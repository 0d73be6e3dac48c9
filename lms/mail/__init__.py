"""Messages to people, by SMTP or into a folder on disk.

The law here: a message is only ever sent by the worker, from the outbox, never while a transaction is open.
"""
