"""Questions as forms and marked attempts as lines."""
