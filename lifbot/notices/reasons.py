"""Why a message did not arrive, in words that somebody who is not of the platform understands."""

REASONS = {
    "user_disabled": "their account is closed",
    "account_inactive": "their account is closed",
    "user_not_found": "the platform knows nobody with their id",
    "users_not_found": "the platform knows nobody with their id",
    "cannot_dm_bot": "their id is a bot's",
    "messages_tab_disabled": "messages to lifbot are switched off there",
    "channel_not_found": "lifbot cannot see the channel",
    "not_in_channel": "lifbot is not in the channel",
    "is_archived": "the channel is archived",
    "blocked": "they have blocked lifbot",
    "removed": "lifbot was removed there",
    "disabled_by_admin": "an administrator has switched lifbot off",
}


def in_words(reason: str) -> str:
    """Return a platform's reason in words; one that nobody foresaw as it is."""
    return REASONS.get(reason, reason.replace("_", " "))
