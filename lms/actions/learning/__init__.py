"""What learners do: read, answer, move to a newer release, tell us."""
