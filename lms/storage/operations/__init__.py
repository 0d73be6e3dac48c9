"""Rows and files of the machinery: jobs, audit, tasks, blobs, backups."""
