"""The loans service over HTTP, on each backend."""
