"""Every select on outcomes and follow-up, aware of who looks."""
