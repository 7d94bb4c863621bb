"""Every select of this package, aware of who looks."""
