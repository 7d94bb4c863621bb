"""Calendars of others: fetched with care, read as they come, kept as the dates of a body."""
