"""Brings in registrations that were kept elsewhere: read the file, understand its rows, send them, say what was refused."""
