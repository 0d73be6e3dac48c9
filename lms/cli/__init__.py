"""What people do at a terminal, with the same actions as the browser and the exit codes of the design.

The law here: a command reads its arguments, calls one action and prints what came back. Nothing is decided
here.
"""
