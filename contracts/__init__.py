"""What the services say to each other: the envelope, the schemas of every event, and reference data."""
