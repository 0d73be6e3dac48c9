"""Core objects to HTML, PDF and text without Flask: a job or a terminal makes the page a browser gets.

The law here: nothing is loaded, saved or decided. What a template needs is handed to it as a frozen object.
"""
