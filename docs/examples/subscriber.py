"""Receives the events of visits with pika and nothing else. docs/events.md says what is in them.

python subscriber.py amqp://user:password@host:5672/vhost
"""

import json
import sys

import pika

QUEUE = "datateam.visits.events"

with pika.BlockingConnection(pika.URLParameters(sys.argv[1])) as connection:
    channel = connection.channel()
    channel.queue_declare(QUEUE, durable=True, arguments={"x-queue-type": "quorum", "x-max-length": 100_000})
    channel.queue_bind(QUEUE, exchange="visits.events", routing_key="be.digipunt.visits.v1.#")
    channel.basic_qos(prefetch_count=100)
    print(f"Waiting for events in {QUEUE}. Stop with Ctrl-C.", file=sys.stderr, flush=True)
    for method, properties, body in channel.consume(QUEUE):
        if properties.content_type == "application/cloudevents+json":
            event = json.loads(body)
            print(
                event["epoch"], event["position"], event["type"], event["subject"], event["data"], flush=True
            )
        channel.basic_ack(method.delivery_tag)  # after the work: what is not acked comes again
