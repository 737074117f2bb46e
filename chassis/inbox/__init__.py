"""What a subscriber does: it applies another service's events, each once and in order, whatever the broker did."""
