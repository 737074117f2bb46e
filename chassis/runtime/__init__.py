"""How a service runs on nameko: its application, container, entrypoints and timers, its logs and metrics."""
