"""What is taken before a page is made: hosts that are ours, how much and how long."""
