"""What people and the calendar do with region reports."""
