"""Structured logs on standard error: lines for people (`text`) or for machines (`json`), each with its trace id."""

from __future__ import annotations

import logging
import sys

import structlog

_traceback = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
"""Local variables hold passwords of database and broker, keys, and what people told."""


def configure(style: str = "text") -> None:
    """Send this process's logs to standard error. `style` is `text` or `json`."""
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if style == "json"
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    if style == "json":
        shared.append(structlog.processors.ExceptionRenderer(_traceback))
    structlog.configure(
        processors=[*shared, renderer],
        # Which events were applied is for machines: it joins a request's trace to the figures.
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.DEBUG if style == "json" else logging.INFO
        ),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=renderer, foreign_pre_chain=shared))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    # nameko logs what a handler raised a second time, with its arguments; the chassis has said it already.
    logging.getLogger("nameko.containers").setLevel(logging.CRITICAL)
