"""The command `digipunt`: puts the services together and runs them, and does what an operator needs."""

from chassis import refusals

REFUSALS = refusals.Catalogue(__file__, refusals.REFUSALS)
"""The texts of what the page at the root refuses."""
