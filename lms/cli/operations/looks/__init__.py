"""What `lms doctor` looks at. A look changes nothing, and says when it could not be had."""
