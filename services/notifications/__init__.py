"""Tells people what they should know, by a way that reaches them, once, and not at night."""

import common
from chassis.refusals import Catalogue

REFUSALS = Catalogue(__file__, common.REFUSALS)
"""The texts of what this service refuses."""
