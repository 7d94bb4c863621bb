"""The queue: what runs when, outside a request."""
