"""The desk service over HTTP, on each backend."""
