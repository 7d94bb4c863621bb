"""Meetings: one by one or as a series, with their deadlines."""
