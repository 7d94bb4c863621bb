"""Reading attendance, the verslag and the history of a meeting."""
