"""`rpc`: nameko's, that survives a broker which goes away between a call and its answer.

Stock nameko lets the failed reply kill the whole container; here the caller's timeout ends the call, and the unacked
request comes again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from nameko.rpc import Rpc as NamekoRpc

log = structlog.get_logger(__name__)

Method = TypeVar("Method", bound=Callable[..., Any])


class Rpc(NamekoRpc):
    """An RPC method whose unsendable reply is given up."""

    def handle_result(self, message: Any, worker_ctx: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        try:
            outcome: tuple[Any, Any] = super().handle_result(message, worker_ctx, result, exc_info)
            return outcome
        except Exception as error:
            log.warning("rpc.replyNotSent", method=self.method_name, error=repr(error))
            return result, exc_info


def rpc(method: Method) -> Method:
    """Let other services call the decorated method."""
    decorated: Method = Rpc.decorator(method)
    return decorated
