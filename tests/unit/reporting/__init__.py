"""Rules of reporting, without a server."""
