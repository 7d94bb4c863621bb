"""Pages over everything: what is asked of me, and the page of one body."""
