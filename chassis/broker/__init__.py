"""The message broker. Nobody outside this folder imports kombu or amqp."""
