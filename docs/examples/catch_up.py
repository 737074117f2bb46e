"""Reads the events after a position from the journal of visits, over HTTP, with httpx. docs/events.md says when.

DIGIPUNT_TOKEN=… python catch_up.py http://127.0.0.1:8000 [AFTER]
"""

import os
import sys

import httpx

address = sys.argv[1]
after = int(sys.argv[2]) if len(sys.argv) > 2 else 0
headers = {"Authorization": f"Bearer {os.environ['DIGIPUNT_TOKEN']}"}

with httpx.Client(base_url=address, headers=headers, timeout=30) as owner:
    while True:
        answer = owner.get("/visits/v1/events", params={"after": after, "limit": 2000})
        journal = answer.raise_for_status().json()
        for event in journal["items"]:
            print(
                event["epoch"], event["position"], event["type"], event["subject"], event["data"], flush=True
            )
            after = event["position"]
        if not journal["items"] or after >= journal["position"]:
            break
