"""HTTP as the BelGIF REST guide wants it, on one small green server per process.

`server` owns sockets and limits, `routing` finds the handler, `entrypoint` is the `@http` decorator of the
services, `problems` turns every error into one documented answer, `openapi` describes it all.

Services import `http` and `PUBLIC` from `entrypoint`, `Response`, `Request`, `etag` and `expected_version` from
`messages`, `page_of` and `window` from `paging`.
"""
