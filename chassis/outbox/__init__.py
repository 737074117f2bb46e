"""What an owner of events does: state and events in one transaction, the journal, and the relay that carries it."""
