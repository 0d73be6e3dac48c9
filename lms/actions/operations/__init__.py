"""What the machine and its operators do: set up, back up, prune, erase."""
