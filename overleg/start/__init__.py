"""The personal start page: what is asked of me."""
