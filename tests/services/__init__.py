"""Whole services over real HTTP, on each backend."""
