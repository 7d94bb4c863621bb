"""What people do with a verslag: note who is there, write, open, close, approve."""
