"""The shared kernel: what our services share and the chassis need not know of."""

from chassis import refusals

REFUSALS = refusals.Catalogue(__file__, refusals.REFUSALS)
"""The texts of what our services refuse alike."""
