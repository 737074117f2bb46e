"""What the API takes and gives, one module a resource. Shapes only: the rules are in `model`."""
