"""What the services exchange: the envelope, the schemas of every event, and reference data."""
