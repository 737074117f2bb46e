"""Rules and shapes of the visits service, without a database or a server."""
