"""Certificates as pages and as tagged PDF."""
