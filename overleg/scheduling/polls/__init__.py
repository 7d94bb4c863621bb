"""Datumprikker: for a meeting that fits no rule, ask the members when they can, and pick."""
