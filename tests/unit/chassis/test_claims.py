"""What claims of an issuer of accounts mean here."""

from __future__ import annotations

import pytest

from chassis.claims import OWN_NAMES, read_claim_map
from chassis.errors import ConfigurationError

KEYCLOAK = """
roles:
  claim: realm_access.roles
  values: {digipunt-coordinator: coordinator}
municipalities: {claim: [a.b, nis]}
digipunts: {fixed: []}
"""
RIGHTS = """
scope: openid profile
roles:
  claim: rights
  pattern: "(Digipunt[A-Za-z]+):OVO[0-9]{6}"
  values: {DigipuntCoordinator: coordinator, DigipuntBeleid: policy}
municipalities:
  claim: rights
  pattern: "Digipunt[A-Za-z]+:(OVO[0-9]{6})"
  values: {OVO000001: "24107"}
"""


def read(tmp_path, text):
    file = tmp_path / "claims.yaml"
    file.write_text(text)
    return read_claim_map(file)


def test_without_a_file_claims_say_what_ours_do():
    """They pass as they are."""
    assert OWN_NAMES.ours({"sub": "an", "roles": ["policy"]}) == {"sub": "an", "roles": ["policy"]}


def test_roles_lie_where_keycloak_puts_them(tmp_path):
    """What is not named is left out, and a name with dots is a list."""
    told = {
        "realm_access": {"roles": ["offline", "digipunt-coordinator"]},
        "a.b": {"nis": ["24107"]},
        "roles": ["ops"],
    }
    ours = read(tmp_path, KEYCLOAK).ours(told)
    assert (ours["roles"], ours["municipalities"], ours["digipunts"]) == (["coordinator"], ["24107"], [])


def test_a_right_of_a_place_is_taken_apart(tmp_path):
    """Only a whole value counts, and only of places that are named."""
    mapped = read(tmp_path, RIGHTS)
    told = {"rights": ["DigipuntCoordinator:OVO000001", "DigipuntBeleid:OVO000002", "Payroll:OVO000001"]}
    assert mapped.ours(told)["roles"] == ["coordinator", "policy"]
    assert mapped.ours(told)["municipalities"] == ["24107"]
    for none in (
        "xDigipuntCoordinator:OVO000001",
        "DigipuntCoordinator:OVO0000012",
        12,
        None,
        ["a"],
        {"a": 1},
    ):
        assert mapped.ours({"rights": [none]})["municipalities"] == []
    assert mapped.ours({"rights": {"a": "b"}})["roles"] == mapped.ours({})["roles"] == []
    assert mapped.scope == "openid profile"


@pytest.mark.parametrize(
    "text",
    [
        "- a",
        "rolls: {claim: a}",
        "roles: a",
        "roles: {clam: a}",
        'roles: {claim: a, pattern: "(a)(b)"}',
        'roles: {claim: a, pattern: "("}',
        "roles: {claim: a, values: [b]}",
        "roles: {fixed: coordinator}",
        "roles: {claim: 3}",
        "a: [",
    ],
)
def test_malformed_file_stops_the_start_with_one_line(tmp_path, text):
    """It names the setting and the file."""
    with pytest.raises(ConfigurationError, match="DIGIPUNT_OIDC_CLAIMS names") as refused:
        read(tmp_path, text)
    assert "\n" not in str(refused.value)
    with pytest.raises(ConfigurationError, match="DIGIPUNT_OIDC_CLAIMS"):
        read_claim_map(tmp_path / "none")
