"""The reporting service, fed by events, on each backend."""
