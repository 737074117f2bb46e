"""The checks of our own that scripts/check runs."""
