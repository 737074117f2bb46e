"""Settings come from the environment; what is malformed is refused in one sentence that names the setting."""

from pathlib import Path

import pytest

from chassis.errors import ConfigurationError
from chassis.keys import public_key
from chassis.rates import USUAL
from chassis.settings import Settings
from common.municipalities import MUNICIPALITIES
from digipunt import settings as configuration

KEY = "a signing key for tests, long enough"
BASE = {"DIGIPUNT_SIGNING_KEY": KEY}


def test_without_settings_there_is_a_local_deployment():
    """A signing key is all that is needed; how often one caller is let in has a bound from the start."""
    settings = Settings.load(BASE)
    assert settings == Settings(signing_key=KEY.encode(), broker_url="memory://local", rates=USUAL)
    assert settings.public_url == "http://127.0.0.1:8000"


def test_any_service_may_have_a_database():
    """The chassis knows no list of services: whatever the environment names is there."""
    settings = Settings.load(
        BASE
        | {
            "DIGIPUNT_VISITS_DATABASE_URL": "postgresql://visits:secret@database/visits",
            "DIGIPUNT_NEXT_ONE_DATABASE_URL": "sqlite:////data/next.sqlite",
            "DIGIPUNT_LOANS_DATABASE_URL": " ",
        }
    )
    assert settings.database_urls == {
        "visits": "postgresql+psycopg2://visits:secret@database/visits",
        "next_one": "sqlite:////data/next.sqlite",
    }
    with pytest.raises(ConfigurationError, match="DIGIPUNT_LOANS_DATABASE_URL is not set"):
        settings.database_url("loans")


def test_databases_that_are_not_named_are_files_in_the_data_folder():
    """Those of the services that the program has; the environment takes precedence."""
    own = {"DIGIPUNT_LOANS_DATABASE_URL": "sqlite:////elsewhere.sqlite"}
    settings = Settings.load(BASE | own, services=["visits", "loans"], data_dir=Path("/data"))
    assert settings.database_urls == {
        "visits": "sqlite:////data/visits.sqlite",
        "loans": "sqlite:////elsewhere.sqlite",
    }


def test_a_value_may_be_in_a_file(tmp_path):
    """`NAME_FILE` names it; a file that cannot be read is a sentence."""
    (tmp_path / "key").write_text(f"{KEY}\n")
    environ = {"DIGIPUNT_SIGNING_KEY_FILE": str(tmp_path / "key")}
    assert Settings.load(environ).signing_key == KEY.encode()
    with pytest.raises(ConfigurationError, match=r"DIGIPUNT_SIGNING_KEY_FILE names .*/none, which cannot"):
        Settings.load({"DIGIPUNT_SIGNING_KEY_FILE": str(tmp_path / "none")})


def test_defaults_stand_in_for_what_is_not_set():
    """A blank value is not set, so Compose may pass on a variable that nobody filled in."""
    given = {"DIGIPUNT_DEPLOYMENT": "tienen"}
    assert Settings.load(BASE | {"DIGIPUNT_DEPLOYMENT": ""}, defaults=given).deployment == "tienen"
    assert Settings.load(BASE | {"DIGIPUNT_DEPLOYMENT": "landen"}, defaults=given).deployment == "landen"


def test_a_deployment_of_digipunt_has_the_seven_municipalities():
    """Unless it names its own; the chassis knows none."""
    assert Settings.load(BASE).municipalities == ()
    assert configuration.load(BASE | {"DIGIPUNT_MUNICIPALITIES": ""}).municipalities == MUNICIPALITIES
    own = {"DIGIPUNT_MUNICIPALITIES": "24107, 24059"}
    assert configuration.load(BASE | own).municipalities == ("24107", "24059")


def test_a_region_names_the_brokers_that_it_follows():
    """Each by the short name of its deployment."""
    sources = "tienen=amqps://region:x@one/digipunt, landen=amqp://region:y@two/digipunt"
    settings = Settings.load(BASE | {"DIGIPUNT_SOURCES": sources})
    assert settings.sources == {
        "tienen": "amqps://region:x@one/digipunt",
        "landen": "amqp://region:y@two/digipunt",
    }


def test_an_issuer_takes_the_place_of_a_signing_key():
    """It needs the audience that its tokens are made for."""
    issuer = {"DIGIPUNT_OIDC_ISSUER": "https://issuer.example.be", "DIGIPUNT_OIDC_AUDIENCE": "digipunt"}
    settings = Settings.load(issuer | {"DIGIPUNT_SMS_GATEWAY": "/etc/sms.yaml"})
    assert (settings.signing_key, settings.oidc_audience) == (None, "digipunt")
    assert settings.sms_gateway == Path("/etc/sms.yaml")
    with pytest.raises(ConfigurationError, match="DIGIPUNT_OIDC_AUDIENCE is not set"):
        Settings.load(issuer | {"DIGIPUNT_OIDC_AUDIENCE": ""})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DIGIPUNT_DEPLOYMENT", "Tienen!"),
        ("DIGIPUNT_MUNICIPALITIES", "24107,Tienen"),
        ("DIGIPUNT_BROKER_URL", "http://broker"),
        ("DIGIPUNT_SOURCES", "tienen=http://broker"),
        ("DIGIPUNT_SOURCES", "Tienen=amqp://broker"),
        ("DIGIPUNT_LISTEN", "8000"),
        ("DIGIPUNT_LISTEN", "127.0.0.1:65536"),
        ("DIGIPUNT_LOG", "xml"),
        ("DIGIPUNT_VISITS_DATABASE_URL", "not an address"),
        ("DIGIPUNT_VISITS_DATABASE_URL", "mysql://database/visits"),
        ("DIGIPUNT_SIGNING_KEY", "short"),
        ("DIGIPUNT_SIGNING_KEY", ""),
        ("DIGIPUNT_DATA_KEY", f"{KEY},short"),
    ],
)
def test_a_malformed_setting_is_named(name, value):
    """The sentence is one line and begins with the name of the setting."""
    with pytest.raises(ConfigurationError) as refused:
        Settings.load(BASE | {name: value})
    assert str(refused.value).startswith(name)
    assert len(str(refused.value).splitlines()) == 1


def test_passwords_and_keys_are_not_shown():
    """A traceback or a log with the settings in it tells no secret."""
    settings = Settings.load(
        BASE
        | {
            "DIGIPUNT_BROKER_URL": "amqp://visits:secret@broker",
            "DIGIPUNT_VISITS_DATABASE_URL": "postgresql://visits:secret@database/visits",
            "DIGIPUNT_DATA_KEY": "a data key that is secret and long enough",
            "DIGIPUNT_SMTP_URL": "smtp://user:secret@host",
            "DIGIPUNT_SMS_SECRET": "secret",
        }
    )
    assert "secret" not in repr(settings)
    assert KEY not in repr(settings)


def test_the_public_address_is_one_that_a_browser_opens():
    """It is given on as it is; one that is no address of the web is refused in a sentence."""
    named = {"DIGIPUNT_PUBLIC_URL": "https://digipunt.example.be"}
    assert Settings.load(BASE | named).public_url == "https://digipunt.example.be"
    for wrong in (
        "nope",
        "ftp://example.be",
        "https://example.be:port",
        "https://example.be/?a=b",
        "https://[::1",
    ):
        with pytest.raises(ConfigurationError, match="DIGIPUNT_PUBLIC_URL is"):
            Settings.load(BASE | {"DIGIPUNT_PUBLIC_URL": wrong})


def test_issuer_may_stand_beside_the_signing_key(tmp_path):
    """With what it calls the desk, and with a file about its claims."""
    claims = tmp_path / "claims.yaml"
    claims.write_text("roles: {claim: groups}")
    issuer = {
        "DIGIPUNT_OIDC_ISSUER": "https://sso.example.be/realms/stad",
        "DIGIPUNT_OIDC_AUDIENCE": "digipunt",
        "DIGIPUNT_OIDC_CLAIMS": str(claims),
    }
    settings = Settings.load(BASE | issuer)
    assert (settings.signing_key, settings.oidc_client) == (KEY.encode(), "digipunt")
    assert settings.oidc_claims.ours({"groups": ["policy"]})["roles"] == ["policy"]
    assert Settings.load(BASE | issuer | {"DIGIPUNT_OIDC_CLIENT": "desk"}).oidc_client == "desk"
    for wrong in (
        "sso.example.be",
        "https://sso.example.be; script-src *",
        "https://a.example.be 'self'",
        "ftp://a.be",
    ):
        with pytest.raises(ConfigurationError, match="DIGIPUNT_OIDC_ISSUER is"):
            Settings.load(BASE | issuer | {"DIGIPUNT_OIDC_ISSUER": wrong})


def test_public_keys_are_enough_where_no_tokens_are_made():
    """One, or two while the key is changed; without them the signing key has to be there."""
    old, new = (public_key(each * 40) for each in (b"o", b"n"))
    settings = Settings.load({"DIGIPUNT_VERIFY_KEYS": f"{new}, {old}"})
    assert (settings.signing_key, settings.verify_keys) == (None, (new, old))
    for wrong in ("nonsense", KEY, f"{new},{old},{new}", new[:-1], f"{new}="):
        with pytest.raises(ConfigurationError, match="DIGIPUNT_VERIFY_KEYS takes one or two"):
            Settings.load({"DIGIPUNT_VERIFY_KEYS": wrong})
