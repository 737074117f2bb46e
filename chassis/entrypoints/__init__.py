"""nameko's side of the chassis: how a service class is told of HTTP requests, events, RPC calls and time."""
