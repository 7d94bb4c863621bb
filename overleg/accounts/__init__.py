"""People: signing in, invitations, their account."""
