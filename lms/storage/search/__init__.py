"""The full-text index, and the stems that it is made of."""
