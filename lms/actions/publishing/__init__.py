"""Make sealed releases public, and current from a day on."""
