"""The ways that a machine speaks: e-mail over SMTP, and SMS through a gateway described in a YAML file."""
