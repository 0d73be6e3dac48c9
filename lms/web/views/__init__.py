"""The pages of the site, one module per family.

Law: a view turns an address into an action and its answer into a template. No rule, no transaction, no file.
"""
