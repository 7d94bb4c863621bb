"""Three demo regions: a year behind and half a year ahead."""
