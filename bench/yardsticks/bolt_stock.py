"""Bolt alone on Starlette as it comes: it looks every 10 ms whether its listener has acknowledged."""

from bench.yardsticks.on_starlette import served

web = served(waits_for_ack=True)
