"""Pages of somebody who takes a course."""
