"""The message broker. Nobody outside this folder imports kombu or amqp.

`connection` is a connection that always lets go, `publisher` and `rpc_client` are what is done over one, and `memory` is the
broker inside the process.
"""
