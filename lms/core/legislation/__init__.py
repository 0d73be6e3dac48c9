"""The register of laws as facts, and what a day makes of them."""
