"""What a certificate says, who may have one, and whether it is valid."""
