"""Whatever depends on the list of services agrees with the registry; what forgets one is named."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import services
from chassis.errors import ConfigurationError
from services import NAMES, REGISTRY, Registered, subscribers_first

ROOT = Path(__file__).parents[2]


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def missing(service: Registered) -> list[str]:
    """The places that have to know of `service` and do not."""
    return [place for place, there in places(service) if not there]


def places(service: Registered) -> Iterator[tuple[str, bool]]:
    """Each place outside the service's own folder that has to know of it, and whether it does."""
    yield from in_compose(service.name)
    yield from in_swarm(service.name)
    yield from at_the_broker(service)
    yield from at_the_edge(service.name)
    yield from in_prometheus(service.name)
    for language, texts in json.loads(text("digipunt/page/texts.json")).items():
        yield f"digipunt/page/texts.json: a name in {language}", service.name in texts["names"]
    yield from in_linter(service.name)


def in_compose(name: str) -> Iterator[tuple[str, bool]]:
    file = "docker-compose.yml"
    compose = yaml.safe_load(text(file))
    blocks, database, owner = compose["services"], f"{name}_database_url", f"{name}_migrate_url"
    setting = f"DIGIPUNT_{name.upper()}_DATABASE_URL_FILE"
    run, migrate = blocks.get(name, {}), blocks.get(f"{name}-migrate", {})
    yield f"{file}: service {name}", run.get("command") == ["run", name]
    environment = run.get("environment", {})
    for each in (setting, "DIGIPUNT_BROKER_URL_FILE", "DIGIPUNT_VERIFY_KEYS_FILE"):
        yield f"{file}: {each} of service {name}", each in environment
    yield f"{file}: DIGIPUNT_SERVICE of service {name}", environment.get("DIGIPUNT_SERVICE") == name
    for secret in (database, f"{name}_broker_url", "verify_keys"):
        yield f"{file}: {secret} among the secrets of service {name}", secret in run.get("secrets", ())
    for secret in (owner, "verify_keys"):
        yield (
            f"{file}: {secret} among the secrets of service {name}-migrate",
            secret in migrate.get("secrets", ()),
        )
    for before in (f"{name}-migrate", "broker"):
        yield f"{file}: service {name} depends on {before}", before in run.get("depends_on", {})
    for block, there in ((name, run), (f"{name}-migrate", migrate)):
        yield f"{file}: profile {name} of service {block}", there.get("profiles") == [name]
    yield f"{file}: healthcheck of service {name}", "test" in run.get("healthcheck", {})
    yield f"{file}: service {name}-migrate", migrate.get("command") == ["migrate", name]
    yield f"{file}: {setting} of service {name}-migrate", setting in migrate.get("environment", {})
    for secret in (database, owner):
        yield (
            f"{file}: {secret} among the secrets of service database",
            secret in blocks["database"]["secrets"],
        )
    yield f"{file}: {owner} among the secrets of service tools", owner in blocks["tools"]["secrets"]
    yield f"{file}: {setting} of service tools", setting in blocks["tools"]["environment"]
    for secret in (database, owner, f"{name}_broker_url"):
        yield f"{file}: secret {secret}", secret in compose["secrets"]


def in_swarm(name: str) -> Iterator[tuple[str, bool]]:
    file = "deploy/swarm.yml"
    stack = yaml.safe_load(text(file))
    blocks, database = stack["services"], f"{name}_database_url"
    yield f"{file}: service {name}", blocks.get(name, {}).get("command") == ["run", name]
    yield (
        f"{file}: {database} among the secrets of service database",
        database in blocks["database"]["secrets"],
    )
    for secret in (database, f"{name}_broker_url"):
        yield f"{file}: secret {secret}", secret in stack["secrets"]


TAKES_BACK = "desk"
"""Whom every service asks which tokens were taken back."""


def at_the_broker(service: Registered) -> Iterator[tuple[str, bool]]:
    file, name = "deploy/broker/definitions.json", service.name
    definitions = json.loads(text(file))
    rights = {each["user"]: each for each in definitions["permissions"]}.get(name, {})
    topics = {each["exchange"]: each for each in definitions["topic_permissions"] if each["user"] == name}
    exchange = f"{name}.events"
    yield f"{file}: exchange {exchange}", exchange in {each["name"] for each in definitions["exchanges"]}
    yield f"{file}: permissions of user {name}", bool(rights)
    for topic in ("nameko-rpc", exchange):
        yield f"{file}: topic_permissions of user {name} on {topic}", topic in topics
    if name != TAKES_BACK:
        asked = f"{TAKES_BACK}.revoked_tokens"
        yield (
            f"{file}: user {name} may ask for {asked}",
            matches(topics.get("nameko-rpc", {}).get("write"), asked)
            and matches(rights.get("configure"), f"rpc.reply-{TAKES_BACK}-journal-1")
            and matches(rights.get("read"), f"rpc.reply-{TAKES_BACK}-journal-1"),
        )
    for owner in service.follows:
        queue = f"{name}.{owner}.events"
        may = {
            f"configure {queue}": matches(rights.get("configure"), queue),
            f"read {owner}.events": matches(rights.get("read"), f"{owner}.events"),
            f"ask for {owner}.journal_page": matches(
                topics.get("nameko-rpc", {}).get("write"), f"{owner}.journal_page"
            ),
        }
        for right, given in may.items():
            yield f"{file}: user {name} may {right}", given


def matches(pattern: str | None, what: str) -> bool:
    return pattern is not None and re.search(pattern, what) is not None


def at_the_edge(name: str) -> Iterator[tuple[str, bool]]:
    [routed] = re.findall(r"location ~ \^/\(\?<name>([a-z0-9_|]+)\)/", text("deploy/edge/nginx.conf"))
    yield "deploy/edge/nginx.conf: location of the services", name in routed.split("|")
    page = "deploy/edge/page/index.html"
    yield f"{page}: data-service", f'data-service="{name}"' in text(page)


def in_prometheus(name: str) -> Iterator[tuple[str, bool]]:
    file = "deploy/prometheus/prometheus.yml"
    jobs = {job["job_name"]: job for job in yaml.safe_load(text(file))["scrape_configs"]}
    path = f"/{name}/metrics"
    yield f"{file}: job {name}", jobs.get(name, {}).get("metrics_path") == path
    file = "deploy/prometheus/alerts.yml"
    [watched] = re.findall(r'up\{job=~"([a-z0-9_|]+)"\}', text(file))
    yield f"{file}: DigipuntServiceAway", name in watched.split("|")


def in_linter(name: str) -> Iterator[tuple[str, bool]]:
    """Each contract of the import linter that names services one by one; `services.*` needs nothing."""
    for contract in tomllib.loads(text("pyproject.toml"))["tool"]["importlinter"]["contracts"]:
        modules = [
            each.split(".") for each in strings(contract) if re.fullmatch(r"services(\.[\w*]+)+", each)
        ]
        named = {path[1] for path in modules}
        if named and "*" not in named:
            yield f"pyproject.toml: import contract {contract['name']!r}", name in named


def strings(value: Any) -> Iterator[str]:
    """Every text in lists and tables of TOML."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


@pytest.mark.parametrize("name", NAMES)
def test_every_place_knows_every_service(name):
    """What has to be written by hand for a service is there, in `deploy/`, on the pages and in the import contracts."""
    forgotten = missing(REGISTRY[name])
    assert not forgotten, "\n".join([f"{name} is missing in:", *forgotten])


def test_a_service_that_is_nowhere_is_missed_everywhere():
    """The test above looks: of a service that only the registry has, each place is named."""
    unknown = Registered("nowhere", "services.nowhere.service:NowhereService", ("visits",))
    assert missing(unknown) == [place for place, _ in places(unknown)]


def test_the_scripts_find_the_services_in_docker_compose():
    """`scripts/init` and `deploy/broker/add-reader` read the names from these lines."""
    found = re.findall(r"^ *command: \[run, ([a-z0-9_]*)\]$", text("docker-compose.yml"), re.MULTILINE)
    assert found == list(NAMES)


def test_every_folder_of_services_is_registered():
    """A service that nobody registered would never run."""
    assert {path.parent.name for path in (ROOT / "services").glob("*/__init__.py")} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_service_follows_is_what_it_applies(name):
    """The registry names the sources of the class's projections, which are services themselves."""
    service = REGISTRY[name].load()
    assert service.name == name
    assert {each.source for each in service.projections} == set(REGISTRY[name].follows) <= set(NAMES)


def test_subscribers_come_before_the_owners_they_follow():
    """So no checkpoint in a backup is ahead of its journal; every service has its place."""
    order = subscribers_first()
    assert sorted(order) == sorted(NAMES)
    for each in REGISTRY.values():
        assert all(order.index(each.name) < order.index(owner) for owner in each.follows)


def test_a_circle_of_subscribers_has_no_order():
    """Then the error names those who follow one another."""
    circle = {
        "a": Registered("a", "", ("b",)),
        "b": Registered("b", "", ("a",)),
        "c": Registered("c", "", ("a",)),
    }
    with pytest.raises(ConfigurationError, match=r"in a circle \((a → b → a|b → a → b)\)"):
        subscribers_first(circle)


def test_an_unknown_service_is_refused_with_the_choice():
    """The sentence names the services there are."""
    with pytest.raises(ConfigurationError, match="'nobody': choose from visits, loans"):
        services.select(["nobody"])
