"""Who sits at the desk: paired laptops, helpers with their PINs, and signing in."""

import common
from chassis.refusals import Catalogue

REFUSALS = Catalogue(__file__, common.REFUSALS)
"""The texts of what this service refuses."""
