"""The environment, read once, into one frozen value; nothing else reads os.environ."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from lifbot.errors import LifError

SLACK_API = "https://slack.com/api/"
COPY = "Copy it from the app's page Basic Information."
FROM_CERTIFICATES = "Make one on the app registration's page Certificates & secrets."
FROM_OVERVIEW = "Copy the Directory (tenant) ID from the app registration's page Overview; several: comma between."
MAKE = 'To make one, type: python -c "import secrets; print(secrets.token_urlsafe(32))"'


def is_loopback(host: str | None) -> bool:
    """Say whether a host name or address can only mean this machine."""
    if host is None:
        return False
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def is_safe(url: str) -> bool:
    """Say whether an address may be trusted with secrets: https, or this machine."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname))
    )


class Settings(BaseSettings):
    """What operators set, by the names of CONTRACT.md."""

    model_config = SettingsConfigDict(env_file=".env", frozen=True, extra="ignore", env_ignore_empty=True)

    database_url: str = "sqlite:///lifbot.db"
    host: str = "127.0.0.1"
    port: int = Field(default=3000, ge=0, le=65535)
    slack_signing_secret: SecretStr | None = None
    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    slack_api_url: str = SLACK_API
    client_id: str | None = None
    client_secret: SecretStr | None = None
    tenant_id: str | None = None
    teams_openid_metadata_url: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    teams_token_url: str | None = None
    lifbot_tick_seconds: float = Field(default=30, gt=0)
    lifbot_secret_key: SecretStr | None = None
    lifbot_url: str | None = None
    lifbot_time_travel: bool = False
    lifbot_playground: Literal["kirklees", "leeds", "wakefield", "west-sussex", "wolverhampton"] = "kirklees"

    @field_validator("slack_api_url", "teams_openid_metadata_url", "teams_token_url")
    @classmethod
    def _secure(cls, value: str | None) -> str | None:
        if value is not None and not is_safe(value):
            raise ValueError("must start with https:// (http:// is for this machine only)")
        return value

    @model_validator(mode="before")
    @classmethod
    def _own_database(cls, given: dict[str, Any]) -> dict[str, Any]:
        """Another partnership's playground is kept in a file of its own, unless a database is named."""
        which = given.get("lifbot_playground") or "kirklees"
        return given if which == "kirklees" else {"database_url": f"sqlite:///lifbot-{which}.db", **given}

    @field_validator("lifbot_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            parts = urlsplit(value)
            plain = (
                parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query and not parts.fragment
            )
        except ValueError:
            plain = False
        if not plain or not value.isprintable() or set(value) & set(' <>|"\\'):
            raise ValueError("must be an address like https://lifbot.example.org")
        return value.rstrip("/")

    @field_validator("slack_api_url")
    @classmethod
    def _folder(cls, value: str) -> str:
        return value if value.endswith("/") else f"{value}/"

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgres://", "postgresql://", "postgresql+psycopg://")):
            raise ValueError("must start with sqlite:/// or postgresql://")
        return value

    @model_validator(mode="after")
    def _time_travel_stays_here(self) -> Settings:
        if self.lifbot_time_travel and not (is_loopback(self.host) and self._platforms_are_here()):
            raise ValueError(
                "LIFBOT_TIME_TRAVEL needs HOST, and every address of a platform with credentials, to be this machine"
            )
        return self

    def _platforms_are_here(self) -> bool:
        slack = not self.has_slack or is_loopback(urlsplit(self.slack_api_url).hostname)
        urls = (self.teams_openid_metadata_url, self.teams_token_url or "")
        return slack and (not self.has_teams or all(is_loopback(urlsplit(url).hostname) for url in urls))

    @property
    def public_url(self) -> str:
        """Where people's browsers reach this installation, without a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.lifbot_url or f"http://{host}:{self.port}"

    @property
    def has_slack(self) -> bool:
        """Whether any of Slack's credentials are set."""
        return self.has_oauth or any((self.slack_bot_token, self.slack_signing_secret, self.slack_app_token))

    @property
    def has_oauth(self) -> bool:
        """Whether workspaces install lifbot themselves."""
        return bool(self.slack_client_id or self.slack_client_secret)

    @property
    def oauth_fault(self) -> str | None:
        """What installation by OAuth still lacks, with what to do; None where nothing is missing."""
        if not self.has_oauth:
            return None
        if not self.slack_client_id:
            return f"SLACK_CLIENT_SECRET is set, but SLACK_CLIENT_ID is not. {COPY}"
        if not self.slack_client_secret:
            return f"SLACK_CLIENT_ID is set, but SLACK_CLIENT_SECRET is not. {COPY}"
        if not self.lifbot_secret_key or not self.lifbot_secret_key.get_secret_value().strip(", "):
            return f"SLACK_CLIENT_ID is set, but LIFBOT_SECRET_KEY, which encrypts the tokens, is not. {MAKE}"
        return None

    @property
    def has_teams(self) -> bool:
        """Whether Microsoft Teams' credentials are set."""
        return self.client_id is not None

    @property
    def teams_fault(self) -> str | None:
        """What Teams' credentials still lack, with what to do; None where nothing is missing."""
        if not self.client_id:
            return None
        if not self.client_secret:
            return f"CLIENT_ID is set, but CLIENT_SECRET is not. {FROM_CERTIFICATES}"
        if not (self.tenant_id or "").strip(", "):
            return f"CLIENT_ID is set, but TENANT_ID, the tenant that may use lifbot, is not. {FROM_OVERVIEW}"
        return None

    @property
    def fault(self) -> str | None:
        """The first thing that keeps a platform from being connected; None where nothing is missing."""
        return self.oauth_fault or self.teams_fault

    @property
    def platforms(self) -> frozenset[str]:
        """The platforms that people are reached on; the playground speaks Slack's protocol."""
        connected = {"slack": self.has_slack or self.is_playground, "teams": self.has_teams}
        return frozenset(name for name, here in connected.items() if here)

    @property
    def is_playground(self) -> bool:
        """Without any platform's credentials the program opens the playground."""
        return not (self.has_slack or self.has_teams)

    @property
    def travels(self) -> bool:
        """Whether the clock kept in the database holds: in the playground it always does, for every command."""
        return self.lifbot_time_travel or self.is_playground


def load() -> Settings:
    """Return the settings; a faulty one raises LifError with one line that names it and never its value."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False, include_context=False, include_url=False)[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        text = first["msg"].removeprefix("Value error, ")
        raise LifError(f"Setting {name}: {text}." if name else f"{text}.") from None
