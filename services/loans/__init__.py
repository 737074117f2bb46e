"""Devices and those who borrow them: devices, borrowers, requests and loans."""
