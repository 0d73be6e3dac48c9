"""Other people's formats, in and out, each with a report of what was lost on the way.

The law here: a format ends at this border. Nothing beyond this room knows that it exists.
"""
