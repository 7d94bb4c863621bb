"""Keeping the index: thing by thing after the journal, file by file, or all of it anew."""
