"""Files to core objects and back: the only room that knows YAML, Markdown and schemas.

The law here: bad content never raises. Reading gives what could be read, and findings that each name a file,
a line and a column. Nothing learnt about a person is ever written to these files, and no row of the database
is read.
"""
