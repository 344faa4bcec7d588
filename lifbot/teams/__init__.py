"""Microsoft Teams: what comes in, how a message looks as an Adaptive Card, how it is sent."""
