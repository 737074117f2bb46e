"""What other teams may build on: events that stay readable, carry no personal data, and are described as they are."""
