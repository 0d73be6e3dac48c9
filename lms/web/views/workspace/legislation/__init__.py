"""Pages for the register, what a law touches, and change dossiers."""
