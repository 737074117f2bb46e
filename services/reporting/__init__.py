"""Figures, made from events only: contacts, people, themes, bottlenecks, referrals, sessions."""

import common
from chassis.refusals import Catalogue

REFUSALS = Catalogue(__file__, common.REFUSALS)
"""The texts of what this service refuses."""
