"""Imports registrations that were kept elsewhere: read the file, parse its rows, send them, report what was refused."""
