"""Who comes to a meeting: what seat holders say beforehand, and whether that makes a quorum."""
