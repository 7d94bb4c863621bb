"""Pure Python: Dutch dates and lists, text, errors."""
