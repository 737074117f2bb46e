"""Reading lists that were kept elsewhere."""
