"""Requests and responses of the API, one module a resource. Shapes only: the rules are in `model`."""
