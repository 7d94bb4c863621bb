"""What is asked of somebody today: one row per thing, with a date and one button."""
