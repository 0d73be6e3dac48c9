"""Rows of the workspace: who saved what, holds, dossiers."""
