"""The drill: a backup is made while people work, the original is lost, and the copy goes on."""

import gzip
import hashlib
import io
import json
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

import services
from chassis.settings import Settings
from digipunt.backup.encrypted import PIECE, Encryptor, Unreadable, decrypted
from digipunt.backup.restore import BOOKKEEPING, NotEmpty, restore
from digipunt.backup.write import backup
from digipunt.folder import DataFolder
from tests.e2e.command import Desk, contacts, digipunt, served, token, wait_until
from tests.support.small_disk import small_disk

VISITS = 600


@pytest.fixture(scope="module")
def original_and_backup(tmp_path_factory):
    """A data folder with visits, and a backup of it that was made while it was served."""
    folder = tmp_path_factory.mktemp("original") / "data"
    file = folder.with_name("backup")
    with served(folder) as process:
        desk = Desk(process.address, token("coordinator", "--data", folder))
        desk.batch(desk.digipunt(), VISITS)
        wait_until(lambda: contacts(desk) == VISITS, "the figure")
        made = digipunt("backup", file, "--data", folder)
    assert made.returncode == 0, made.stderr
    return folder, file


def test_the_drill(original_and_backup, tmp_path):
    """Restored into an empty folder, the figures are the same at once, and what is registered then is counted too."""
    original, file = original_and_backup
    folder = tmp_path / "data"
    folder.mkdir()
    refused = digipunt("restore", file, "--data", folder)
    assert refused.returncode == 1
    assert "data.key" in refused.stderr
    shutil.copy(original / "data.key", folder)
    assert digipunt("restore", file, "--data", folder).returncode == 0
    with served(folder) as process:
        desk = Desk(process.address, token("coordinator", "--data", folder))
        assert contacts(desk) == VISITS
        assert desk.put(str(uuid4()), desk.digipunt()) == 201
        wait_until(lambda: contacts(desk) == VISITS + 1, "the visit after the restore", 30)
        ops = Desk(process.address, token("ops", "--data", folder))

        def states() -> set[str]:
            return {each["state"] for each in ops.http.get("/reporting/v1/status").json()["items"]}

        wait_until(lambda: states() == {"following"}, "all subscriptions to follow", 30)
    restored = epoch(folder)
    assert restored != epoch(original)
    again = digipunt("restore", file, "--data", folder)
    assert again.returncode == 1
    assert "--replace" in again.stderr
    assert digipunt("restore", file, "--data", folder, "--replace").returncode == 0
    assert epochs_left(folder) == {epoch(original), restored}, "what the broker still has of both is a ghost"


@pytest.mark.case("public B6")
@pytest.mark.parametrize("left", ["reporting", "visits", "loans"])
def test_what_is_filled_is_not_overwritten_unasked(original_and_backup, tmp_path, left):
    """Without --replace nothing that is recorded is overwritten, even where the service wrote no event of its own."""
    original, file = original_and_backup
    folder = tmp_path / "data"
    folder.mkdir()
    for path in [original / "data.key", original / "signing.key", *original.glob(f"{left}.sqlite*")]:
        shutil.copy(path, folder)
    before = content(folder)
    refused = digipunt("restore", file, "--data", folder)
    assert refused.returncode == 1
    assert "not empty: give --replace" in refused.stderr
    assert content(folder) == before


@pytest.mark.case("public B5")
def test_a_restore_without_room_changes_nothing(original_and_backup, tmp_path):
    """On a disk that fills up, one sentence, and every database is as it was; with room it is done."""
    original, file = original_and_backup
    mounted = tmp_path / "disk"
    mounted.mkdir()
    with small_disk(mounted, 8) as disk:
        folder = mounted / "data"
        with served(folder):
            pass
        shutil.copy(original / "data.key", folder)
        before = content(folder)
        disk.fill()
        refused = digipunt("restore", file, "--data", folder, "--replace")
        assert refused.returncode == 1
        [sentence] = refused.stderr.splitlines()
        assert "nothing was restored" in sentence
        assert not list(folder.glob("*.restoring*"))
        disk.free()
        assert content(folder) == before
        assert digipunt("restore", file, "--data", folder, "--replace").returncode == 0


@pytest.mark.case("public B5")
def test_a_restore_that_is_cut_off_while_it_puts_files_in_place_is_finished(
    original_and_backup, tmp_path, monkeypatch
):
    """The plug is pulled between the second and the third file: at the next use all four are those of the backup."""
    original, file = original_and_backup
    shutil.copy(original / "data.key", tmp_path)
    folder = DataFolder(tmp_path)
    folder.prepare()
    renamed = []

    def pull_the_plug(path, target):
        if path.suffix == ".restoring" and len(renamed) == 2:
            raise KeyboardInterrupt
        renamed.append(path)
        path.replace(target)

    with monkeypatch.context() as patch, file.open("rb") as source:
        patch.setattr(Path, "rename", pull_the_plug)
        with pytest.raises(KeyboardInterrupt):
            restore(folder.settings(), source, replace=False)
    folder.prepare()
    with served(tmp_path) as process:
        desk = Desk(process.address, token("coordinator", "--data", tmp_path))
        assert contacts(desk) == VISITS
    assert not list(tmp_path.glob("restored*"))


@pytest.mark.case("use restored-demo")
def test_what_is_restored_is_the_deployment_that_was_backed_up(tmp_path):
    """A backup of a deployment with a name of its own keeps that name, so that its tokens go on working."""
    original, copy, file = tmp_path / "original", tmp_path / "copy", tmp_path / "backup"
    DataFolder(original).prepare("zuid")
    with served(original):
        pass
    assert digipunt("backup", file, "--data", original).returncode == 0
    made = token("coordinator", "--data", original)
    copy.mkdir()
    for name in ("data.key", "signing.key"):
        shutil.copy(original / name, copy)
    assert digipunt("restore", file, "--data", copy).returncode == 0
    with served(copy) as process:
        assert Desk(process.address, made).http.get("/visits/v1/digipunts").status_code == 200


def test_from_a_laptop_to_postgresql_and_back(original_and_backup, postgres):
    """A backup of SQLite goes into PostgreSQL and comes out with the same counts and hashes."""
    original, file = original_and_backup
    laptop = DataFolder(original).settings()
    urls = {service: postgres.url_for(service) for service in laptop.database_urls}
    server = Settings(
        database_urls=urls, data_keys=laptop.data_keys, signing_key=laptop.signing_key, broker_url="memory://"
    )
    with file.open("rb") as source:
        before = restore(server, source, replace=False)
    copy = file.with_name(f"from-postgresql-{uuid4().hex}")
    after = backup(server, str(copy))
    for service, part in before["services"].items():
        for name, table in part["tables"].items():
            if name not in BOOKKEEPING:
                assert after["services"][service]["tables"][name] == table, f"{service}.{name}"
        assert after["services"][service]["position"] == part["position"]
    with file.open("rb") as source, pytest.raises(NotEmpty):
        restore(server, source, replace=False)
    with copy.open("rb") as source:
        restore(server, source, replace=True)


def test_a_damaged_backup_changes_nothing(original_and_backup, tmp_path):
    """A cut, a changed byte or another key is noticed, in one sentence, and the databases stay as they were."""
    original, file = original_and_backup
    whole = file.read_bytes()
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(original / "data.key", folder)
    settings = DataFolder(folder).settings
    DataFolder(folder).prepare()
    changed = bytearray(whole)
    changed[len(whole) // 2] ^= 1
    for damaged in (whole[:-100], whole[: len(whole) // 2], bytes(changed), b"no backup"):
        with pytest.raises(Unreadable):
            restore(settings(), io.BytesIO(damaged), replace=False)
    (folder / "data.key").write_text("x" * 64)
    with pytest.raises(Unreadable, match="DIGIPUNT_DATA_KEY"):
        restore(settings(), io.BytesIO(whole), replace=False)
    shutil.copy(original / "data.key", folder)
    restore(settings(), io.BytesIO(whole), replace=False)


def test_pieces_cannot_be_left_out():
    """Bytes that fill several pieces come back as they were; without their last piece they do not come back at all."""
    key, text, backup_file = b"k" * 32, bytes(range(256)) * 20_000, io.BytesIO()
    with Encryptor(backup_file, key) as out:
        out.write(random.Random(1).randbytes(3 * PIECE) + text)
    whole = backup_file.getvalue()
    assert decrypted(io.BytesIO(whole), [b"o" * 32, key]).read()[3 * PIECE :] == text
    tail = (len(whole) - 34) % (PIECE + 16)
    with pytest.raises((Unreadable, EOFError)):
        decrypted(io.BytesIO(whole[:-tail]), [key]).read()


@pytest.mark.parametrize("place", ["file", "setting"])
def test_a_database_that_would_be_left_out_is_refused(original_and_backup, tmp_path, place):
    """A database of which this release has no service makes `backup` refuse in one sentence; nothing is written."""
    folder, out = tmp_path / "data", tmp_path / "out"
    shutil.copytree(original_and_backup[0], folder)
    out.mkdir()
    extra = f"sqlite:///{folder / 'visits.sqlite'}"
    settings = {"DIGIPUNT_EXAMPLE_DATABASE_URL": extra} if place == "setting" else {}
    if place == "file":
        shutil.copy(folder / "visits.sqlite", folder / "example.sqlite")
    refused = digipunt("backup", out / "backup", "--data", folder, **settings)
    assert refused.returncode == 1
    [sentence] = refused.stderr.splitlines()
    assert (
        str(folder / "example.sqlite") if place == "file" else "DIGIPUNT_EXAMPLE_DATABASE_URL"
    ) in sentence
    assert list(out.iterdir()) == []
    examined = digipunt("doctor", "--data", folder, **settings)
    assert examined.returncode == 1
    assert "belongs to no service of this release" in examined.stdout


def test_a_backup_of_an_unknown_service_is_not_restored(original_and_backup, tmp_path, monkeypatch):
    """A release that has lost a service refuses instead of restoring the rest."""
    original, file = original_and_backup
    shutil.copy(original / "data.key", tmp_path)
    DataFolder(tmp_path).prepare()
    monkeypatch.delitem(services.REGISTRY, "loans")
    with file.open("rb") as source, pytest.raises(Unreadable, match="database of loans"):
        restore(DataFolder(tmp_path).settings(), source, replace=False)


def test_the_format_is_the_one_that_is_written_down(original_and_backup):
    """A reader made from docs/adr/0009 alone reads a backup, and finds the rows that the manifest counts."""
    folder, file = original_and_backup
    whole = io.BytesIO(file.read_bytes())
    assert whole.read(18) == b"digipunt backup 1\n"
    key = HKDF(SHA256(), 32, whole.read(16), b"digipunt backup").derive((folder / "data.key").read_bytes())
    pieces = list(iter(lambda: whole.read((1 << 20) + 16), b""))
    text = b"".join(
        AESGCM(key).decrypt(
            number.to_bytes(12, "big"), piece, b"last" if number == len(pieces) - 1 else b"more"
        )
        for number, piece in enumerate(pieces)
    )
    *lines, end = gzip.decompress(text).splitlines(keepends=True)
    manifest = json.loads(end)["manifest"]
    assert list(manifest) == ["digipunt", "deployment", "made", "keysApart", "services"]
    found: dict = {}
    for line in lines:
        value = json.loads(line)
        if isinstance(value, dict):
            assert list(value) == ["service", "revisions", "table", "columns"]
            rows = found.setdefault(value["service"], {}).setdefault(value["table"], [])
            columns = value["columns"]
        else:
            assert len(value) == len(columns)
            rows.append(line)
    for service, part in manifest["services"].items():
        assert list(part) == ["revisions", "epoch", "position", "tables"]
        assert part["tables"] == {
            table: {"rows": len(rows), "sha256": hashlib.sha256(b"".join(rows)).hexdigest()}
            for table, rows in found[service].items()
        }


def content(folder):
    """All that the databases of a folder hold, by file."""
    found = {}
    for path in sorted(folder.glob("*.sqlite")):
        with closing(sqlite3.connect(path)) as connection:
            found[path.name] = list(connection.iterdump())
    return found


def epochs_left(folder):
    """The epochs of the journal of visits that reporting knows to be left."""
    with closing(sqlite3.connect(folder / "reporting.sqlite")) as connection:
        return {row[0] for row in connection.execute("SELECT epoch FROM epochs WHERE source = 'visits'")}


def epoch(folder):
    """The epoch of the journal of visits."""
    with sqlite3.connect(folder / "visits.sqlite") as connection:
        return connection.execute("SELECT epoch FROM journal_head").fetchone()[0]
