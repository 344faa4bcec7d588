"""What must not be readable in the database, sealed with LIFBOT_SECRET_KEY."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # it is heavy, and only workspaces that install lifbot themselves need it
    from cryptography.fernet import Fernet

FOR_STAMPS = b"lifbot stamps"  # the salt of a key that every process must find again


class Unreadable(Exception):
    """None of the keys opens it."""


class Seal:
    """Seals texts with the first of the keys, which stand with commas between; each of them opens what it sealed."""

    def __init__(self, keys: str) -> None:
        self._keys = [key.strip() for key in keys.split(",") if key.strip()]
        self._salt = secrets.token_bytes(16)  # one for all that this process seals: deriving a key is slow on purpose

    def lock(self, text: str) -> str:
        """Return the text, sealed: the salt of its key, a dot, and what only that key opens."""
        sealed = derived(self._keys[0], self._salt).encrypt(text.encode())
        return f"{base64.urlsafe_b64encode(self._salt).decode()}.{sealed.decode()}"

    def unlock(self, sealed: str) -> str:
        """Return a sealed text; Unreadable if none of the keys fits, or somebody has changed it."""
        salt, _, body = sealed.partition(".")
        for key in self._keys:
            text = _opened(key, salt, body)
            if text is not None:
                return text
        raise Unreadable

    def is_first(self, sealed: str) -> bool:
        """Say whether a text was sealed with the first of the keys."""
        salt, _, body = sealed.partition(".")
        return _opened(self._keys[0], salt, body) is not None

    def stamp(self, now: datetime) -> str:
        """Return a random text that says when it was made, and that nobody else can make."""
        made = derived(self._keys[0], FOR_STAMPS).encrypt_at_time(secrets.token_bytes(16), int(now.timestamp()))
        return made.decode().rstrip("=")  # what ends in = reads differently in a cookie and in an address

    def is_fresh(self, stamp: str, now: datetime, seconds: int) -> bool:
        """Say whether a stamp was made here, no longer ago than so many seconds."""
        from cryptography.fernet import InvalidToken

        padded = stamp + "=" * (-len(stamp) % 4)
        for key in self._keys:
            try:
                derived(key, FOR_STAMPS).decrypt_at_time(padded, seconds, int(now.timestamp()))
            except (InvalidToken, ValueError):
                continue
            return True
        return False


@lru_cache(maxsize=256)
def derived(key: str, salt: bytes) -> Fernet:
    """Return what seals with a key; 16 MB and a few hundredths of a second, against guessing of weak keys."""
    from cryptography.fernet import Fernet
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    kdf = Scrypt(salt=salt, length=32, n=2**14, r=8, p=1)
    return Fernet(base64.urlsafe_b64encode(kdf.derive(key.encode())))


def _opened(key: str, salt: str, body: str) -> str | None:
    from cryptography.fernet import InvalidToken

    try:
        return derived(key, base64.urlsafe_b64decode(salt)).decrypt(body).decode()
    except (InvalidToken, ValueError):
        return None
