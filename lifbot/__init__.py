"""The words, rules and platforms of lifbot; nothing in here knows where things are stored."""

__version__ = "0.1.0"
