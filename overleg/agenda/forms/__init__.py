"""The forms of this package: shape and cross-field checks."""
