"""What is set wrongly stops the start with one line that names it, and `doctor` says in words what to do."""

import os
import stat
import subprocess
from pathlib import Path

import pytest

from tests.e2e.command import digipunt, served
from tests.support.processes import free_port

BAD_GATEWAY = "url: [1, 2]\n"


@pytest.mark.case("use settings")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DIGIPUNT_SMTP_URL", "smtp://mail.example.be:port"),
        ("DIGIPUNT_SMTP_URL", "mail.example.be"),
        ("DIGIPUNT_SMTP_URL", "smtp://[::1"),
        ("DIGIPUNT_SMTP_URL", "smtp://mail.example.be"),
        ("DIGIPUNT_SMS_GATEWAY", "/nowhere/gateway.yaml"),
        ("DIGIPUNT_SMS_GATEWAY", "a folder"),
        ("DIGIPUNT_SMS_GATEWAY", BAD_GATEWAY),
        ("DIGIPUNT_SMS_GATEWAY", "\x00\xff"),
        ("DIGIPUNT_LISTEN", "xx"),
        ("DIGIPUNT_LISTEN", "127.0.0.1:99999"),
        ("DIGIPUNT_PUBLIC_URL", "nope"),
        ("DIGIPUNT_PUBLIC_URL", "https://digipunt.example.be:port"),
        ("DIGIPUNT_PHONE", "abc"),
        ("DIGIPUNT_PHONE", "12"),
        ("DIGIPUNT_BROKER_URL", "amqp://[::1"),
        ("DIGIPUNT_MUNICIPALITIES", "Tienen"),
    ],
)
def test_a_malformed_setting_is_one_line(tmp_path, name, value):
    """`serve` ends at once, with exit code 1 and one line that names the setting."""
    if name == "DIGIPUNT_SMS_GATEWAY" and not value.startswith("/"):
        file = tmp_path / "gateway.yaml"
        file.mkdir() if value == "a folder" else file.write_bytes(value.encode("latin-1"))
        value = str(file)
    refused = digipunt("serve", "--port", free_port(), "--data", tmp_path / "data", **{name: value})
    assert refused.returncode == 1, refused.stderr
    [line] = refused.stderr.splitlines()
    assert name in line


@pytest.mark.case("use doctor")
def test_doctor_speaks_in_words(tmp_path):
    """What is away is told without the name of an exception, and what is not set up is no "ok"."""
    with served(tmp_path / "data"):
        pass
    port = free_port()
    gateway = tmp_path / "gateway.yaml"
    gateway.write_text(f"url: http://127.0.0.1:{port}/sms\nsuccess: {{status: [200]}}\n")
    settings = {
        "DIGIPUNT_BROKER_URL": f"amqp://guest:guest@127.0.0.1:{port}/",
        "DIGIPUNT_SMTP_URL": "smtp://mail.digipunt.invalid?from=punt@example.be",
        "DIGIPUNT_SMS_GATEWAY": str(gateway),
    }
    found = digipunt("doctor", "--port", port, "--data", tmp_path / "data", **settings)
    assert found.returncode == 1
    assert "Error" not in found.stdout
    assert "gaierror" not in found.stdout
    assert "-- mail server: the mail server: no machine has this name" in found.stdout
    assert "-- SMS gateway: the gateway at 127.0.0.1: nothing listens at this address" in found.stdout
    assert "-- broker: 127.0.0.1: nothing listens at this address" in found.stdout
    bare = digipunt("doctor", "--port", port, "--data", tmp_path / "data")
    assert bare.returncode == 0, bare.stdout
    assert "?? mail server: not set up: nobody is told by e-mail" in bare.stdout


@pytest.mark.case("security M9")
def test_nobody_else_reads_the_data_folder(tmp_path):
    """A folder that was there is closed, or our files in it when it holds other things too; doctor looks."""
    folder, shared = tmp_path / "data", tmp_path / "shared"
    before = os.umask(0o022)
    try:
        for path in (folder, shared):
            path.mkdir()
        (shared / "holiday.jpg").write_text("a picture")
        with served(shared):
            assert open_to_others(shared) == ["holiday.jpg"]
            assert stat.S_IMODE(shared.stat().st_mode) == 0o755
        with served(folder):
            assert open_to_others(folder) == []
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
            (folder / "visits.sqlite").chmod(0o644)
            found = digipunt("doctor", "--port", free_port(), "--data", folder)
            assert found.returncode == 1
            assert "others on this machine may read visits.sqlite" in found.stdout
        with served(folder):
            assert open_to_others(folder) == []
    finally:
        os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if stat.S_IMODE(path.stat().st_mode) & 0o077]


@pytest.mark.case("use scripts-help")
@pytest.mark.parametrize("script", ["test", "check", "demo", "bench", "faults"])
def test_help_of_a_script_sets_nothing_up(tmp_path, script):
    """Asking what a script does prints that, and makes no environment and installs no package."""
    root = Path(__file__).parents[2]
    (tmp_path / "scripts").mkdir()
    for name in (script, "lib.sh"):
        (tmp_path / "scripts" / name).write_bytes((root / "scripts" / name).read_bytes())
    (tmp_path / "scripts" / script).chmod(0o755)
    shown = subprocess.run(
        [tmp_path / "scripts" / script, "--help"], capture_output=True, text=True, timeout=60, check=True
    )
    assert len(shown.stdout) > 40
    assert not (tmp_path / ".venv").exists()
