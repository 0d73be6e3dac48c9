"""What people do: one function, one act, one transaction.

The law here: whatever changes anything is an action, whoever asks for it. An action takes the context and the
actor, loads, asks core, saves, and commits inside itself. It knows no browser, no terminal and no sentence in
any language.
"""
