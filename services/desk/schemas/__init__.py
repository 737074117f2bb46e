"""What the API accepts and returns."""
