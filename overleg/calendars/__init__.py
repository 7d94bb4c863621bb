"""iCal feeds and files; the one door to icalendar."""
