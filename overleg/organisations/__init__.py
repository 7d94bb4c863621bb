"""Municipalities and other organisations through time; overlegorganen, seats and roles."""
