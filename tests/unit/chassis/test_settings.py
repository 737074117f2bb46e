"""Settings are read from the environment, and a wrong one is named in one line."""

from pathlib import Path

import pytest

from chassis.errors import ConfigurationError
from chassis.settings import MUNICIPALITIES, Settings

KEY = "k" * 32
LEAST = {"DIGIPUNT_SIGNING_KEY": KEY}


def load(**values):
    return Settings.load(LEAST | {f"DIGIPUNT_{name}": value for name, value in values.items()})


def test_a_signing_key_is_all_that_is_needed():
    """Everything else has a default that suits one laptop."""
    settings = load()
    assert settings.signing_key == KEY.encode()
    assert (settings.deployment, settings.log, settings.municipalities) == ("local", "text", MUNICIPALITIES)
    assert (settings.listen, settings.public_url) == (("127.0.0.1", 8000), "http://127.0.0.1:8000")
    assert settings.broker_url == "memory://local"
    assert (settings.sources, settings.database_urls, settings.data_keys) == ({}, {}, ())
    assert settings.sms_gateway is None


def test_what_is_given_is_taken(monkeypatch):
    """Each setting of a region arrives in its type, from this process's environment by default."""
    given = LEAST | {
        "DIGIPUNT_DEPLOYMENT": "hageland",
        "DIGIPUNT_MUNICIPALITIES": "24107, 24059",
        "DIGIPUNT_BROKER_URL": "amqps://broker/x",
        "DIGIPUNT_SOURCES": "tienen=amqp://a/, landen=amqps://b/",
        "DIGIPUNT_LISTEN": "[::1]:8017",
        "DIGIPUNT_SMS_GATEWAY": "/etc/kannel.yaml",
        "DIGIPUNT_DATA_KEY": f"{KEY}, {KEY}",
        "DIGIPUNT_LOG": "json",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings = Settings.load()
    assert (settings.deployment, settings.municipalities) == ("hageland", ("24107", "24059"))
    assert settings.broker_url == "amqps://broker/x"
    assert settings.sources == {"tienen": "amqp://a/", "landen": "amqps://b/"}
    assert settings.listen == ("::1", 8017)
    assert settings.sms_gateway == Path("/etc/kannel.yaml")
    assert settings.data_keys == (KEY.encode(), KEY.encode())
    assert settings.log == "json"


def test_an_issuer_takes_the_place_of_a_signing_key():
    """With OpenID Connect no key is needed, but the audience is."""
    issuer = {"DIGIPUNT_OIDC_ISSUER": "https://login.example.be"}
    settings = Settings.load(issuer | {"DIGIPUNT_OIDC_AUDIENCE": "digipunt"})
    assert (settings.signing_key, settings.oidc_audience) == (None, "digipunt")
    with pytest.raises(ConfigurationError, match="DIGIPUNT_OIDC_AUDIENCE is not set"):
        Settings.load(issuer)
    with pytest.raises(ConfigurationError, match="DIGIPUNT_SIGNING_KEY is not set"):
        Settings.load({})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEPLOYMENT", "Tienen!"),
        ("MUNICIPALITIES", "Tienen"),
        ("BROKER_URL", "http://broker"),
        ("SOURCES", "tienen=http://broker"),
        ("SOURCES", "amqp://broker"),
        ("LISTEN", "8000"),
        ("LISTEN", "localhost:http"),
        ("LISTEN", "localhost:65536"),
        ("LOG", "xml"),
        ("SIGNING_KEY", "short"),
        ("DATA_KEY", f"{KEY},short"),
        ("VISITS_DATABASE_URL", "visits"),
        ("VISITS_DATABASE_URL", "mysql://database/visits"),
        ("SMTP_URL_FILE", "/nowhere/at/all"),
    ],
)
def test_a_malformed_setting_is_named(name, value):
    """The start stops with one line that names the setting."""
    with pytest.raises(ConfigurationError, match=f"^DIGIPUNT_{name} ") as error:
        load(**{name: value})
    assert "\n" not in str(error.value)


def test_a_setting_may_stand_in_a_file(tmp_path):
    """`NAME_FILE` names a file that holds the value; a newline at its end does not belong to it."""
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n")
    assert Settings.load({"DIGIPUNT_SIGNING_KEY_FILE": str(file)}).signing_key == KEY.encode()


def test_databases_come_from_urls_or_lie_in_the_data_folder(tmp_path):
    """PostgreSQL is reached through psycopg2, and a service without a URL has a file in the data folder."""
    given = LEAST | {"DIGIPUNT_VISITS_DATABASE_URL": "postgresql://v:secret@database/visits"}
    settings = Settings.load(given, data_dir=tmp_path, listen=("0.0.0.0", 80))
    assert settings.database_url("visits") == "postgresql+psycopg2://v:secret@database/visits"
    assert settings.database_url("loans") == f"sqlite:///{tmp_path}/loans.sqlite"
    assert settings.listen == ("0.0.0.0", 80)
    assert load(VISITS_DATABASE_URL="sqlite:///v.sqlite").database_url("visits") == "sqlite:///v.sqlite"
    with pytest.raises(ConfigurationError, match="DIGIPUNT_VISITS_DATABASE_URL is not set"):
        load().database_url("visits")


def test_defaults_give_way_to_the_environment():
    """A command's own values count only for names that are not set."""
    settings = Settings.load(LEAST | {"DIGIPUNT_LOG": "json"}, defaults={"DIGIPUNT_LOG": "text"})
    assert settings.log == "json"


def test_nothing_secret_is_printed():
    """The repr of settings holds no key and no password."""
    settings = load(
        DATA_KEY=KEY, BROKER_URL="amqp://u:geheim@b/", VISITS_DATABASE_URL="postgresql://u:geheim@d/v"
    )
    assert KEY not in repr(settings)
    assert "geheim" not in repr(settings)
