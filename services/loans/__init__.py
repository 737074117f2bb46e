"""The loans service: devices, borrowers, requests and loans."""
