"""Reads of the sums that `handlers` keeps; each in the one snapshot of its request."""
