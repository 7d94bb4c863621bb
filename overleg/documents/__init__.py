"""Stored files: what they are, who may read them."""
