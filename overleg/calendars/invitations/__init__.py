"""Invitations by mail to meetings, and the answers that come back from other calendars."""
