"""What keeps the site running, as plain values: jobs, faults, tasks."""
