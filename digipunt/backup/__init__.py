"""A copy of a deployment that can be kept apart and put back: all databases, counted, hashed and encrypted."""
