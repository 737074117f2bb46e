"""The rights of people, in all services together."""
