"""Issue, make, replace, revoke and verify certificates."""
