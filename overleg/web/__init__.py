"""What every page shares: who may enter, commits, errors, form fields, filters, headers."""
