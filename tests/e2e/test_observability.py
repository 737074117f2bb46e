"""What operators watch is there to be watched, and one trace leads from a request to the figures."""

import json
import re
from pathlib import Path

import httpx
import yaml

import services
from tests.e2e.command import Desk, contacts, free_port, started, token, wait_until

DEPLOY = Path(__file__).parents[2] / "deploy"
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


def test_alerts_and_dashboard_and_traces(tmp_path):
    """Each metric of alert rules and dashboard is in /metrics; a request's trace is in the log of what counted it."""
    folder, port, log = tmp_path / "data", free_port(), tmp_path / "log"
    arguments = ["serve", "--port", str(port), "--data", folder]
    with started(log, arguments, port, DIGIPUNT_LOG="json") as process:
        process.wait_for_answer("/reporting/health/ready")
        desk = Desk(process.address, token("coordinator", "--data", folder))
        desk.http.headers["traceparent"] = f"00-{TRACE}-00f067aa0ba902b7-01"
        point = desk.digipunt()
        assert desk.put("0197a4ab-5c1e-7000-8000-000000000001", point) == 201
        wait_until(lambda: contacts(desk) == 1, "the figure")
        said = "".join(
            httpx.get(f"{process.address}/{service}/metrics", trust_env=False).text
            for service in services.NAMES
        )
    known = set(re.findall(r"^# TYPE (\S+)", said, re.MULTILINE))
    assert watched() <= known
    applied = [json.loads(line) for line in log.read_text().splitlines() if "projection.applied" in line]
    assert any(TRACE in trace for line in applied for trace in line["traces"] or ())


def watched():
    """The metrics that the expressions of alert rules and dashboard name."""
    rules = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yml").read_text())
    board = json.loads((DEPLOY / "grafana" / "digipunt.json").read_text())
    expressions = [rule["expr"] for group in rules["groups"] for rule in group["rules"]]
    expressions += [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    names = re.findall(r"(?:digipunt|process)_\w+", " ".join(expressions))
    return {re.sub(r"_(bucket|count)$", "", name) for name in names}
