"""Devices and those who borrow them: devices, borrowers, requests and loans."""

import common
from chassis.refusals import Catalogue

REFUSALS = Catalogue(__file__, common.REFUSALS)
"""The texts of what this service refuses."""
