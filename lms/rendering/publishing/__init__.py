"""What is shown before something is published: what differs, in words."""
