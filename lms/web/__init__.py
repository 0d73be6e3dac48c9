"""Addresses to actions to templates: what people do in a browser.

The law here: no rule lives here and no transaction is opened here. Every route names who may use it, a GET
changes nothing, and every page works without JavaScript.
"""
