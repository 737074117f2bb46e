"""Walk-in help, info sessions, referrals, feedback and digipunts: what happens at a digital-help point."""

import common
from chassis.refusals import Catalogue

REFUSALS = Catalogue(__file__, common.REFUSALS)
"""The texts of what this service refuses."""
