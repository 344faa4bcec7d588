"""A meeting's minutes as they are pasted: one action a line, who was named for it, and by when.

Pure: what names somebody is asked of `knows`, and days are read against a calendar; nothing is looked up here.
"""

from lifbot.minutes.reading import Minutes, read
from lifbot.minutes.sentence import Action, Knows, action
from lifbot.minutes.who import everybody, is_initials

__all__ = ["Action", "Knows", "Minutes", "action", "everybody", "is_initials", "read"]
