"""What people do with outcomes and their follow-up."""
