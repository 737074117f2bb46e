"""Health check of a container: exit code 0 when the service in DIGIPUNT_SERVICE is healthy.

`ready` by default: every part works. `live` with the argument `live`: the process answers. Swarm replaces what is not healthy,
and replacing a service does not bring back a broker that is away, so Swarm asks for `live`.
"""

import os
import sys
from http.client import HTTPConnection

service = os.environ.get("DIGIPUNT_SERVICE")
if service is None:
    sys.exit("DIGIPUNT_SERVICE is not set: name the service whose health is asked for")
connection = HTTPConnection("127.0.0.1", 8000, timeout=4)
connection.request("GET", f"/{service}/health/{(sys.argv[1:] or ['ready'])[0]}")
answer = connection.getresponse()
print(answer.read().decode())
sys.exit(answer.status != 200)
