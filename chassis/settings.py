"""Settings from the environment. Any `NAME` may be given as `NAME_FILE`, the path of a file that holds the value.

A missing or malformed setting stops the start with one line that names it (`ConfigurationError`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

from chassis.claims import OWN_NAMES, ClaimMap, read_claim_map
from chassis.errors import ConfigurationError
from chassis.keys import read_public_key
from chassis.rates import USUAL, Rates
from chassis.retention import Retention

LEAST_KEY = 32
"""Bytes in a signing or data key, at least: what is derived from it has 32."""
MOST_VERIFY_KEYS = 2

_SHORT_NAME = r"[a-z0-9][a-z0-9-]{0,31}"
_DATABASE_URL = re.compile(r"DIGIPUNT_([A-Z][A-Z0-9_]*)_DATABASE_URL")


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one process. Keys and URLs with passwords are kept out of its `repr`."""

    deployment: str = "local"
    municipalities: tuple[str, ...] = ()
    broker_url: str = field(default="memory://", repr=False)
    sources: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Of a regional reporting service: the broker of each deployment that it follows, by a short name."""
    database_urls: Mapping[str, str] = field(default_factory=dict, repr=False)
    """By the name of the service."""
    listen: tuple[str, int] = ("127.0.0.1", 8000)
    public_url: str = "http://127.0.0.1:8000"
    signing_key: bytes | None = field(default=None, repr=False)
    """Where tokens are made."""
    verify_keys: tuple[str, ...] = ()
    """Public keys that tokens may be signed under, besides that of the signing key; newest first."""
    oidc_issuer: str | None = None
    oidc_audience: str | None = None
    oidc_client: str | None = None
    """What the issuer calls the desk in a browser; the audience where nothing else is said."""
    oidc_claims: ClaimMap = OWN_NAMES
    data_keys: tuple[bytes, ...] = field(default=(), repr=False)
    """Newest first."""
    smtp_url: str | None = field(default=None, repr=False)
    sms_gateway: Path | None = None
    sms_secret: str | None = field(default=None, repr=False)
    phone: str | None = None
    retention: Retention = field(default_factory=Retention)
    """How long what is kept."""
    rates: Rates = field(default_factory=Rates)
    """How often one caller is let in."""
    behind_proxy: bool = False
    """Whether only a proxy reaches this process, which says in `X-Forwarded-For` who asks."""
    log: str = "text"
    data_dir: Path | None = None
    max_workers: int = 10

    @classmethod
    def load(
        cls,
        environ: Mapping[str, str] | None = None,
        *,
        services: Iterable[str] = (),
        data_dir: Path | None = None,
        port: int | None = None,
        defaults: Mapping[str, str] | None = None,
    ) -> Settings:
        """Read the settings from `environ`, by default this process's.

        With `data_dir`, the databases of `services` that are not named are SQLite files in it. `port` takes the place of
        the one in `DIGIPUNT_LISTEN`. `defaults` are values for names that are not set.
        """
        env = _Reader(dict(defaults or {}) | _with_files(os.environ if environ is None else environ))
        host, named = env.address("DIGIPUNT_LISTEN", "127.0.0.1:8000")
        listen = (host, named if port is None else port)
        issuer = env.issuer("DIGIPUNT_OIDC_ISSUER")
        audience = env.text(
            "DIGIPUNT_OIDC_AUDIENCE", required_with="DIGIPUNT_OIDC_ISSUER" if issuer else None
        )
        claims = env.path("DIGIPUNT_OIDC_CLAIMS")
        verify_keys = env.public_keys("DIGIPUNT_VERIFY_KEYS")
        return cls(
            deployment=env.matching(
                "DIGIPUNT_DEPLOYMENT", _SHORT_NAME, "local", "lower-case letters, digits and -"
            ),
            municipalities=env.municipalities("DIGIPUNT_MUNICIPALITIES"),
            broker_url=env.broker("DIGIPUNT_BROKER_URL"),
            sources=env.sources("DIGIPUNT_SOURCES"),
            database_urls=_sqlite_files(services, data_dir) | env.databases(),
            listen=listen,
            public_url=env.web_address("DIGIPUNT_PUBLIC_URL", f"http://{listen[0]}:{listen[1]}"),
            signing_key=env.key("DIGIPUNT_SIGNING_KEY", required=issuer is None and not verify_keys),
            verify_keys=verify_keys,
            oidc_issuer=issuer,
            oidc_audience=audience,
            oidc_client=env.text("DIGIPUNT_OIDC_CLIENT") or audience,
            oidc_claims=read_claim_map(claims) if issuer and claims else OWN_NAMES,
            data_keys=env.keys("DIGIPUNT_DATA_KEY"),
            smtp_url=env.text("DIGIPUNT_SMTP_URL"),
            sms_gateway=env.path("DIGIPUNT_SMS_GATEWAY"),
            sms_secret=env.text("DIGIPUNT_SMS_SECRET"),
            phone=env.text("DIGIPUNT_PHONE"),
            retention=env.retention("DIGIPUNT_RETENTION", "DIGIPUNT_CONTACT_MONTHS"),
            rates=Rates.read("DIGIPUNT_RATES", env.text("DIGIPUNT_RATES") or "", USUAL),
            behind_proxy=env.matching("DIGIPUNT_BEHIND_PROXY", "yes|no", "no", "yes or no") == "yes",
            log=env.matching("DIGIPUNT_LOG", "text|json", "text", "text or json"),
            data_dir=data_dir,
        )

    def database_url(self, service: str) -> str:
        """The SQLAlchemy URL of `service`'s database."""
        try:
            return self.database_urls[service]
        except KeyError:
            raise ConfigurationError(
                f"DIGIPUNT_{service.upper()}_DATABASE_URL is not set: name the database of {service}"
            ) from None


class _Reader:
    """Values by name, each validated."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def text(self, name: str, *, required_with: str | None = None) -> str | None:
        value = self._values.get(name, "").strip() or None
        if value is None and required_with:
            raise ConfigurationError(f"{name} is not set, and {required_with} needs it")
        return value

    def path(self, name: str) -> Path | None:
        value = self.text(name)
        return Path(value) if value else None

    def matching(self, name: str, pattern: str, default: str, form: str) -> str:
        value = self.text(name) or default
        if not re.fullmatch(pattern, value):
            raise ConfigurationError(f"{name} is {value!r}: it takes {form}")
        return value

    def retention(self, name: str, of_contacts: str) -> Retention:
        """`of_contacts` is the setting of before for contacts alone; it counts where `name` says nothing of them."""
        months = self.matching(of_contacts, r"[1-9]|1[0-2]", "3", "a number of months from 1 to 12")
        return Retention.read(name, self.text(name) or "", Retention(contacts=int(months)))

    def municipalities(self, name: str) -> tuple[str, ...]:
        codes = tuple(_split(self.text(name) or ""))
        for code in codes:
            if not re.fullmatch(r"\d{5}", code):
                raise ConfigurationError(
                    f"{name} holds {code!r}: it takes NIS codes of five digits, with commas"
                )
        return codes

    def address(self, name: str, default: str) -> tuple[str, int]:
        value = self.text(name) or default
        host, _, port = value.rpartition(":")
        if not host or not port.isdigit() or int(port) > 65535:
            raise ConfigurationError(f"{name} is {value!r}: it takes host:port, such as 127.0.0.1:8000")
        return host.strip("[]"), int(port)

    def web_address(self, name: str, default: str) -> str:
        value = self.text(name)
        if value is None:
            return default
        if not _is_address(value, "http", "https") or re.search(r"[\s?#]", value):
            raise ConfigurationError(
                f"{name} is {value!r}: it takes http(s)://host, such as https://digipunt.example.be"
            )
        return value

    def issuer(self, name: str) -> str | None:
        value = self.text(name)
        if value is not None and (
            not _is_address(value, "http", "https") or re.search(r"[\s?#;,'\"]", value)
        ):
            raise ConfigurationError(f"{name} is {value!r}: it takes the https:// address of the issuer")
        return value

    def broker(self, name: str) -> str:
        value = self.text(name) or "memory://"
        if value == "memory://":
            return "memory://local"  # kombu warns of an address without a host
        if not _is_address(value, "memory", "amqp", "amqps"):
            raise ConfigurationError(f"{name} takes an amqp:// or amqps:// address, or memory://")
        return value

    def sources(self, name: str) -> dict[str, str]:
        found = {}
        for part in _split(self.text(name) or ""):
            source, _, url = part.partition("=")
            if not re.fullmatch(_SHORT_NAME, source) or not _is_address(url, "amqp", "amqps"):
                raise ConfigurationError(
                    f"{name} takes name=amqp-address, with commas, and short names as deployments have"
                )
            found[source] = url
        return found

    def databases(self) -> dict[str, str]:
        """The database of each service for which `DIGIPUNT_<SERVICE>_DATABASE_URL` is set."""
        return {
            match[1].lower(): _database_url(name, value)
            for name in self._values
            if (match := _DATABASE_URL.fullmatch(name)) and (value := self.text(name))
        }

    def key(self, name: str, *, required: bool = False) -> bytes | None:
        value = self.text(name)
        if value is None:
            if required:
                raise ConfigurationError(
                    f"{name} is not set: give a random text of {LEAST_KEY} characters or more"
                )
            return None
        return _long_enough(name, value.encode())

    def public_keys(self, name: str) -> tuple[str, ...]:
        """Public keys with commas, two at most."""
        found = tuple(_split(self.text(name) or ""))
        try:
            for each in found:
                read_public_key(each)
        except ValueError:
            found = ()
        if len(found) > MOST_VERIFY_KEYS or (not found and self.text(name)):
            raise ConfigurationError(
                f"{name} takes one or two public keys with a comma, as `digipunt token keys` prints them"
            )
        return found

    def keys(self, name: str) -> tuple[bytes, ...]:
        """Several keys with commas."""
        return tuple(_long_enough(name, key.encode()) for key in _split(self.text(name) or ""))


def _is_address(value: str, *schemes: str) -> bool:
    """Whether `value` is a URL of one of these schemes with a host, and a port from 1 to 65535 if it names one."""
    try:
        parts = urlsplit(value)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _sqlite_files(services: Iterable[str], data_dir: Path | None) -> dict[str, str]:
    return {service: f"sqlite:///{data_dir / service}.sqlite" for service in services} if data_dir else {}


def _database_url(name: str, value: str) -> str:
    try:
        url = sa.make_url(value)
    except ArgumentError:
        raise ConfigurationError(f"{name} is not a database address") from None
    backend = url.get_backend_name()
    if backend not in ("postgresql", "sqlite"):
        raise ConfigurationError(f"{name} takes a postgresql:// or sqlite:// address")
    if backend == "postgresql":
        # psycopg2 is the driver that waits in eventlet's hub; plain postgresql:// would choose psycopg 3.
        url = url.set(drivername="postgresql+psycopg2")
    return url.render_as_string(hide_password=False)


def _long_enough(name: str, key: bytes) -> bytes:
    if len(key) < LEAST_KEY:
        raise ConfigurationError(f"{name} is too short: give a random text of {LEAST_KEY} characters or more")
    return key


def _with_files(environ: Mapping[str, str]) -> dict[str, str]:
    """What `environ` sets, with each `DIGIPUNT_…_FILE` replaced by the content of that file; blank is not set."""
    values = {
        name: value for name, value in environ.items() if name.startswith("DIGIPUNT_") and value.strip()
    }
    for name in [name for name in values if name.endswith("_FILE")]:
        path = values.pop(name)
        try:
            values[name.removesuffix("_FILE")] = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ConfigurationError(f"{name} names {path}, which cannot be read: {error.strerror}") from None
    return values


def _split(value: str) -> Iterable[str]:
    return (part.strip() for part in value.split(",") if part.strip())
