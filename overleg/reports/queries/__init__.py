"""Every select on region reports, aware of who looks."""
