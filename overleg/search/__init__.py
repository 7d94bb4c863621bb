"""Zoeken: finding back what was proposed, said, agreed and attached, as far as one may read it."""
