"""What Compose and Swarm may do, read from their files."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from chassis.keys import public_key
from chassis.settings import Settings
from chassis.storage.capacity import TOOLS
from chassis.storage.database import most_connections
from chassis.storage.orphans import LOST_CLIENT
from services import NAMES

ROOT = Path(__file__).parents[2]
RESERVED = 3
"""Connections that PostgreSQL keeps for its administrator, unless told otherwise."""


class Loader(yaml.SafeLoader):
    """Reads what Compose does: a list may say that it takes the place of the one before."""


Loader.add_constructor("!override", lambda loader, node: loader.construct_sequence(node))


def read(path: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load((ROOT / path).read_text(encoding="utf-8"), Loader)
    return loaded


@pytest.mark.case("security L14")
@pytest.mark.parametrize("file", ["docker-compose.yml", "deploy/swarm.yml"])
def test_only_notifications_has_a_way_out(file):
    """Every other service is on internal networks only, and the edge cannot reach database and broker."""
    deployment = read(file)
    networks, blocks = deployment["networks"], deployment["services"]
    closed = {name for name, network in networks.items() if (network or {}).get("internal")}
    assert closed == {"inside", "front"}
    on = {name: set(block["networks"]) for name, block in blocks.items()}
    assert {name for name, own in on.items() if "outside" in own} == {"notifications"}
    assert {name for name, own in on.items() if own - closed - {"outside"}} <= {"edge"}
    assert "inside" not in on["edge"]
    assert "front" not in on["database"]


def networks(*files: str) -> tuple[dict[str, set[str]], set[str]]:
    """The networks of each service when Compose reads these files together, and which of all have no way out."""
    on: dict[str, set[str]] = {}
    closed: set[str] = set()
    for loaded in map(read, files):
        for name, block in loaded["services"].items():
            on.setdefault(name, set()).update(block.get("networks") or {})
        closed |= {name for name, own in loaded.get("networks", {}).items() if (own or {}).get("internal")}
    return on, closed


@pytest.mark.case("security L14")
@pytest.mark.parametrize(
    ("override", "more"),
    [
        ("compose.oidc.yml", {"way-out"}),
        ("compose.region.yml", {"reporting"}),
        ("compose.cluster.yml", set()),
        ("compose.tls.yml", set()),
        ("compose.shared-key.yml", set()),
    ],
)
def test_an_override_opens_no_other_way_out(override, more):
    """With an issuer of accounts only `way-out` gets one, and who asks through it is in a network that leads to it alone."""
    on, closed = networks("docker-compose.yml", f"deploy/{override}")
    assert {name for name, own in on.items() if own - closed} == {"edge", "notifications"} | more
    assert {name for name, own in on.items() if "outside" in own} == {"notifications"} | more


@pytest.mark.case("security L14")
def test_the_way_out_leads_to_the_issuer_only():
    """It is told the issuer and nothing of ours; whoever sends no mail asks through it, and `notifications` itself."""
    blocks = read("deploy/compose.oidc.yml")["services"]
    out = blocks["way-out"]
    assert out["command"] == ["${DIGIPUNT_OIDC_ISSUER}", "${DIGIPUNT_OIDC_HOSTS:-}"]
    assert (out["networks"], out.get("environment"), out.get("secrets")) == (
        ["issuer", "outside"],
        None,
        None,
    )
    assert (out["read_only"], out["cap_drop"]) == (True, ["ALL"])
    proxies = {name: blocks[name]["environment"]["HTTPS_PROXY"] for name in NAMES}
    assert {name for name, proxy in proxies.items() if proxy == "http://way-out:3128"} == {*NAMES} - {
        "notifications"
    }
    assert proxies["notifications"] == ""
    on, closed = networks("docker-compose.yml", "deploy/compose.oidc.yml")
    assert {name for name, own in on.items() if "issuer" in own} == {*NAMES, "way-out"} - {"notifications"}
    assert "issuer" in closed


@pytest.mark.parametrize("file", ["docker-compose.yml", "deploy/swarm.yml"])
@pytest.mark.parametrize("setting", ["DIGIPUNT_RETENTION", "DIGIPUNT_CONTACT_MONTHS"])
def test_how_long_what_is_kept_reaches_every_service(file, setting):
    """Else what somebody wants to keep for longer is erased all the same, and cannot be brought back."""
    blocks = read(file)["services"]
    told = {name for name, block in blocks.items() if setting in (block.get("environment") or {})}
    assert told >= {*NAMES, "tools"} & set(blocks)
    assert set(NAMES) <= told


def test_the_broker_lets_a_service_make_the_calls_that_it_makes():
    """What is missing in the definitions is seen on a real broker with real rights only: the call ends the connection."""
    told = read("deploy/broker/definitions.json")["topic_permissions"]
    rights = {each["user"]: each["write"] for each in told if each["exchange"] == "nameko-rpc"}
    called = {
        (service, ".".join(call))
        for service in NAMES
        for file in (ROOT / "services" / service).rglob("*.py")
        for call in re.findall(r'\.call\(\s*"(\w+)",\s*"(\w+)"', file.read_text(encoding="utf-8"))
    }
    assert ("notifications", "visits.forget_contact") in called
    refused = [call for call in sorted(called) if not re.search(rights[call[0]], call[1])]
    assert refused == []


@pytest.mark.case("chaos V3")
@pytest.mark.parametrize("file", ["docker-compose.yml", "deploy/swarm.yml"])
def test_the_database_takes_the_connections_of_all_services(file):
    """Those of three processes of each service, so of two replicas while a release takes the place of another."""
    command = read(file)["services"]["database"]["command"]
    settings = dict(each.removeprefix("-c").split("=") for each in command[1:])
    asked = 3 * most_connections()
    roles = (ROOT / "deploy/database/10-roles.sh").read_text(encoding="utf-8")
    assert int(settings["max_connections"]) >= len(NAMES) * asked + TOOLS + RESERVED
    assert f'"$(password "$secret")" {asked + TOOLS}\n' in roles


@pytest.mark.case("security L14")
def test_who_runs_is_not_who_migrates():
    """A service has the address of a role without rights to tables; only its migration, and the tools, have the owner's."""
    blocks = read("docker-compose.yml")["services"]
    for service in NAMES:
        setting = f"DIGIPUNT_{service.upper()}_DATABASE_URL_FILE"
        runs, migrates = f"{service}_database_url", f"{service}_migrate_url"
        assert blocks[service]["environment"][setting] == f"/run/secrets/{runs}"
        for once in (f"{service}-migrate", "tools"):
            assert blocks[once]["environment"][setting] == f"/run/secrets/{migrates}"
        holders = {name for name, block in blocks.items() if migrates in block.get("secrets", ())}
        assert holders == {"database", f"{service}-migrate", "tools"}
        assert {name for name, block in blocks.items() if runs in block.get("secrets", ())} == {
            "database",
            service,
        }


@pytest.mark.case("security L14")
def test_each_role_has_a_password_of_its_own(tmp_path):
    """`scripts/init` makes both, also in a folder of the release before, whose passwords stay as they are."""
    init = initialiser(tmp_path)
    init()
    (tmp_path / "secrets/visits_migrate_url").unlink()
    before = (tmp_path / "secrets/visits_database_url").read_text()
    init()
    assert (tmp_path / "secrets/visits_database_url").read_text() == before
    for service in NAMES:
        runs = (tmp_path / f"secrets/{service}_database_url").read_text().strip()
        owner = (tmp_path / f"secrets/{service}_migrate_url").read_text().strip()
        pattern = r"postgresql://([a-z_]+):([0-9a-f]{48})@database/" + service
        (role, password), (other, others) = (
            re.fullmatch(pattern, url).groups()  # type: ignore[union-attr]
            for url in (runs, owner)
        )
        assert (role, other) == (service, f"{service}_owner")
        assert password != others


@pytest.mark.case("chaos V3")
@pytest.mark.parametrize("file", ["docker-compose.yml", "deploy/swarm.yml"])
def test_the_database_notices_who_vanished(file):
    """Also of connections that are not a service's, within twenty seconds and a minute."""
    settings = dict(
        each.removeprefix("-c").split("=") for each in read(file)["services"]["database"]["command"][1:]
    )
    assert settings["client_connection_check_interval"] == "10s"
    assert settings["idle_in_transaction_session_timeout"] == "60s"
    for name in ("tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_keepalives_count"):
        assert int(settings[name]) == LOST_CLIENT[name]


SECRET = re.compile(r"PASSWORD|SECRET|TOKEN|SMTP|SOURCES|(DATABASE|BROKER)_URL|(SIGNING|DATA)_KEY")
"""What stands in the name of a setting that holds something to keep secret."""

COMPOSED = ["docker-compose.yml", *sorted(f"deploy/{path.name}" for path in (ROOT / "deploy").glob("*.yml"))]


def test_names_of_secrets_are_those_of_the_settings():
    """A new setting that is kept out of every log has a name by which it is found here."""
    hidden = [each.name for each in fields(Settings) if not each.repr]
    names = {"database_urls": "DATABASE_URL", "data_keys": "DATA_KEY"}
    assert hidden
    assert [each for each in hidden if not SECRET.search(names.get(each, each.upper()))] == []


@pytest.mark.case("security L4")
@pytest.mark.parametrize("file", COMPOSED)
def test_passwords_are_files(file):
    """No container has a secret in its environment or command, where `docker inspect` shows it, or takes one from `.env`."""
    text = (ROOT / file).read_text(encoding="utf-8")
    assert [name for name in re.findall(r"\$\{(\w+)", text) if SECRET.search(name)] == []
    for name, block in read(file)["services"].items():
        environment: dict[str, str] = block.get("environment") or {}
        secret = {each: value for each, value in environment.items() if SECRET.search(each)}
        assert {each for each in secret if not each.endswith("_FILE")} == set(), name
        held = {each if isinstance(each, str) else each["source"] for each in block.get("secrets", ())}
        assert {value.removeprefix("/run/secrets/") for value in secret.values()} <= held, name


@pytest.mark.case("security L4")
@pytest.mark.parametrize("file", ["docker-compose.yml", "deploy/swarm.yml"])
def test_mail_and_sms_have_their_secrets_as_files(file):
    """What `scripts/init` writes is what `notifications` reads."""
    block = read(file)["services"]["notifications"]
    for setting, secret in (("DIGIPUNT_SMTP_URL", "smtp_url"), ("DIGIPUNT_SMS_SECRET", "sms_secret")):
        assert block["environment"][f"{setting}_FILE"] == f"/run/secrets/{secret}"
        assert secret in block["secrets"]
    assert "DIGIPUNT_SMS_GATEWAY" in block["environment"]


@pytest.mark.case("security L4")
def test_secrets_of_mail_and_sms_are_read_from_files(tmp_path):
    """And an empty file, as `scripts/init` makes, is no setting."""
    key = {"DIGIPUNT_SIGNING_KEY": "a key that only this test knows, 32+"}
    named = {
        "DIGIPUNT_SMTP_URL": "smtp_url",
        "DIGIPUNT_SMS_SECRET": "sms_secret",
        "DIGIPUNT_SOURCES": "sources",
    }
    files = {f"{setting}_FILE": str(tmp_path / name) for setting, name in named.items()}
    for name in named.values():
        (tmp_path / name).write_text("\n")
    empty = Settings.load(key | files)
    assert (empty.smtp_url, empty.sms_secret, empty.sources) == (None, None, {})
    (tmp_path / "smtp_url").write_text("smtp://a:GEHEIM@mail.example.be\n")
    (tmp_path / "sms_secret").write_text("GEHEIM\n")
    (tmp_path / "sources").write_text("tienen=amqps://region:GEHEIM@broker.example/digipunt\n")
    full = Settings.load(key | files)
    assert (full.smtp_url, full.sms_secret) == ("smtp://a:GEHEIM@mail.example.be", "GEHEIM")
    assert full.sources["tienen"].endswith("/digipunt")
    assert "GEHEIM" not in repr(full)


@pytest.mark.case("security H3")
@pytest.mark.parametrize("file", ["docker-compose.yml", "deploy/swarm.yml"])
def test_temporary_files_have_an_end(file):
    """A tmpfs of the edge and of a service has a size, which fits the memory of its container."""
    for name in ("edge", *NAMES):
        block = read(file)["services"][name]
        sizes = [each for each in block.get("tmpfs", []) if each.startswith("/tmp")]
        mounts = [each for each in block.get("volumes", []) if isinstance(each, dict)]
        assert all("size=64m" in each for each in sizes), name
        assert all(each["tmpfs"]["size"] == 64 << 20 for each in mounts if each["target"] == "/tmp"), name
        assert sizes or mounts, name
        assert block["deploy"]["resources"]["limits"]["memory"] in ("256M", "512M"), name


@pytest.mark.case("security L15")
@pytest.mark.parametrize("name", ["amq", "rpc", "nameko-rpc", "admin", "visits", "Amq", "a.b", ""])
def test_reader_has_no_name_of_the_broker(name):
    """A reader called `amq` could write to every queue; the names of ours are refused as well."""
    done = subprocess.run(
        [ROOT / "deploy/broker/add-reader", name],
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"]},
    )
    assert done.returncode in (1, 2)
    assert done.stdout == ""


def initialiser(folder: Path) -> Callable[[], None]:
    """`scripts/init` in a folder of its own."""
    for name in ("docker-compose.yml", "scripts/init", "deploy/verify-key"):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / name)

    def init() -> None:
        subprocess.run([folder / "scripts/init", "--yes"], check=True, capture_output=True)

    return init


@pytest.mark.case("security M6")
@pytest.mark.parametrize("file", ["docker-compose.yml", "deploy/swarm.yml"])
def test_only_who_makes_tokens_has_the_key_for_it(file):
    """The desk, and where the command line runs; all others know tokens by the public key."""
    blocks = read(file)["services"]
    makers = {"visits", "desk", "tools"} & set(blocks)
    assert {name for name, block in blocks.items() if "signing_key" in block.get("secrets", ())} == makers
    setting = "DIGIPUNT_SIGNING_KEY_FILE"
    assert {name for name, block in blocks.items() if setting in block.get("environment", {})} == makers
    for name in NAMES:
        assert "verify_keys" in blocks[name]["secrets"], name


@pytest.mark.case("security M6")
def test_public_key_of_the_scripts_is_that_of_the_services(tmp_path):
    """`scripts/init` derives it without Python; a changed signing key keeps the public key of before beside its own, once."""
    init, keys = initialiser(tmp_path), tmp_path / "secrets/verify_keys"

    def own() -> str:
        return public_key((tmp_path / "secrets/signing_key").read_text().strip().encode())

    init()
    first = own()
    assert keys.read_text().strip() == first
    made: list[str] = [first]
    for length in (32, 64, 65, 200):
        (tmp_path / "secrets/signing_key").unlink()
        (tmp_path / "secrets/signing_key").write_text("s" * (length - 1) + "é\n")
        init()
        init()
        made.insert(0, own())
        assert keys.read_text().strip() == ",".join(made[:2])


@pytest.mark.case("security L4")
def test_password_in_an_older_env_becomes_a_file(tmp_path):
    """`scripts/init` moves it, keeps what a file has already, and may be run again."""
    init = initialiser(tmp_path)
    init()
    secret, env = tmp_path / "secrets/smtp_url", tmp_path / ".env"
    assert secret.read_text().strip() == ""
    env.write_text(
        env.read_text() + "DIGIPUNT_SMTP_URL='smtp://a:GEHEIM@mail.example.be'\nDIGIPUNT_PHONE=016 1\n"
    )
    init()
    init()
    assert secret.read_text().strip() == "smtp://a:GEHEIM@mail.example.be"
    assert "GEHEIM" not in env.read_text()
    assert "DIGIPUNT_PHONE=016 1" in env.read_text()
    assert not (tmp_path / "secrets/sources").exists()
    env.write_text(
        env.read_text() + "DIGIPUNT_SOURCES=tienen=amqps://region:GEHEIM@broker.example/digipunt\n"
    )
    init()
    assert (
        tmp_path / "secrets/sources"
    ).read_text() == "tienen=amqps://region:GEHEIM@broker.example/digipunt\n"
    assert "GEHEIM" not in env.read_text()
