"""The rules of lending."""
