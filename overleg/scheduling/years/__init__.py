"""A year of meetings, proposed from a rhythm and the rules, adjusted, and planned in one go."""
