"""Pages for a lesson under the hands of its authors."""
