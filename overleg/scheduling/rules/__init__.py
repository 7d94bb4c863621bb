"""Rules between the dates of bodies: what they ask, what breaks them, what would mend that."""
