"""The installed command, as users and ops start it."""
