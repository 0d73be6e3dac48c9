"""Commands that check, seal and publish courses."""
