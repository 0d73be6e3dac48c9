"""What was checked before a release was published, and what was found: facts alone, without a sentence."""
