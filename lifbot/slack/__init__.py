"""Slack: what comes in, how a Message looks there, and how it is sent."""
