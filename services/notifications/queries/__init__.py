"""Reads of notifications, for its routes."""
