"""Keys of persons that a backup keeps apart take the place of their older ones only, and are newer than what they open."""

import pytest

from chassis.settings import Settings
from chassis.storage import migrations
from digipunt.backup.encrypted import Unreadable
from digipunt.backup.restore import restore
from digipunt.backup.tables import versions
from digipunt.backup.write import Irreplaceable, backup

DATA_KEY, OTHER_KEY = b"the data key of this deployment, long", b"the data key of another deployment"


def deployment(folder, *services, name="tienen", data_key=DATA_KEY):
    """The settings of a deployment with these services, each with an empty database."""
    folder.mkdir()
    urls = {service: f"sqlite:///{folder / service}.sqlite" for service in services}
    for service, url in urls.items():
        migrations.upgrade(url, versions(service))
    return Settings(deployment=name, broker_url="memory://", database_urls=urls, data_keys=(data_key,))


def test_keys_of_others_are_not_replaced(tmp_path):
    """Nor is a backup, nor any other file: what was kept there, and nowhere else, would be gone."""
    own = deployment(tmp_path / "own", "loans", "desk")
    keys, file = tmp_path / "keys", tmp_path / "file"
    backup(own, str(file), str(keys))
    (tmp_path / "notes").write_text("not a backup")
    others = {
        "other-key": deployment(tmp_path / "b", "loans", "desk", data_key=OTHER_KEY),
        "other-name": deployment(tmp_path / "c", "loans", "desk", name="landen"),
        "no-desk": deployment(tmp_path / "d", "loans"),
    }
    before = keys.read_bytes()
    for name, settings in others.items():
        with pytest.raises(Irreplaceable):
            backup(settings, str(tmp_path / name), str(keys))
        assert not (tmp_path / name).exists()
    for wrong in (file, tmp_path / "notes", tmp_path / "new"):
        with pytest.raises(Irreplaceable):
            backup(own, str(tmp_path / "new"), str(wrong))
    assert keys.read_bytes() == before
    backup(own, str(tmp_path / "next"), str(keys))
    assert keys.read_bytes() != before


def test_keys_that_are_older_than_the_backup_open_nothing(tmp_path):
    """Else whoever came between the two would be taken for erased since, and be erased."""
    own = deployment(tmp_path / "own", "loans")
    old, new, file = (tmp_path / name for name in ("old", "new", "file"))
    backup(own, str(tmp_path / "before"), str(old))
    backup(own, str(file), str(new))
    target = deployment(tmp_path / "target", "loans")
    with file.open("rb") as source, old.open("rb") as keys, pytest.raises(Unreadable, match="older"):
        restore(target, source, replace=True, keys=keys)
    with file.open("rb") as source, new.open("rb") as keys:
        restore(target, source, replace=True, keys=keys)
