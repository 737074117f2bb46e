"""What an owner of events does."""
