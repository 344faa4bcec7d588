"""Bolt alone on Starlette: one listener, which acknowledges and does nothing; `process_before_response`."""

from bench.yardsticks.on_starlette import served

web = served(waits_for_ack=False)
