"""What notifications does: one plain function for each event, command and step of sending."""
