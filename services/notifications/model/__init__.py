"""The rules of notifications: who gets which message, when, by which channel. No I/O."""
