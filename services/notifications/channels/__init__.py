"""The channels that a machine serves: e-mail over SMTP, and SMS through a gateway described in a YAML file."""
