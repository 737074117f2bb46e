"""Tells people what they should know, by a way that reaches them, once, and not at night."""
