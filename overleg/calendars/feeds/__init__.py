"""Calendar addresses: what each shows, to whom, and whether it changed since the last poll."""
