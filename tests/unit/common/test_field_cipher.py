"""Personal data cannot be read from the database alone, and a key can be changed while the service is used."""

import pytest

from chassis.errors import ConfigurationError, Unavailable
from chassis.settings import Settings
from common.field_cipher import FieldCipher
from common.name_words import normalised, words

OLD, NEW = b"an old key of thirty-two characters", b"a new key of thirty-two characters!"
PERSON = {"name": "José Van den Broeck", "phone": "+32470123456"}


def test_what_is_sealed_is_read_with_the_key_only():
    """The same person sealed twice looks different, so rows do not tell who is who."""
    cipher = FieldCipher([OLD])
    sealed, again = cipher.encrypt(PERSON), cipher.encrypt(PERSON)
    assert sealed != again
    assert "Broeck" not in sealed
    assert cipher.decrypt(sealed) == PERSON
    with pytest.raises(Unavailable, match="DIGIPUNT_DATA_KEY"):
        FieldCipher([NEW]).decrypt(sealed)


def test_a_key_is_changed_without_a_pause():
    """With both keys all rows open and are found; what is sealed anew needs the new one only."""
    old, both, new = FieldCipher([OLD]), FieldCipher([NEW, OLD]), FieldCipher([NEW])
    sealed = old.encrypt(PERSON)
    assert both.decrypt(sealed) == PERSON
    assert not both.is_current(sealed)
    assert old.blind_index("name", "José") in both.blind_indexes("name", "jose")
    reencrypted = both.encrypt(both.decrypt(sealed))
    assert both.is_current(reencrypted)
    assert new.decrypt(reencrypted) == PERSON
    assert both.blind_index("name", "José") == new.blind_index("name", "JOSE")


def test_a_blind_index_meets_equal_values_and_tells_nothing():
    """However a name is typed it meets itself; a phone number never meets a name."""
    cipher = FieldCipher([OLD])
    assert cipher.blind_index("name", " JOSÉ ") == cipher.blind_index("name", "josé")
    assert cipher.blind_index("name", "1") != cipher.blind_index("phone", "1")
    assert words("Van den Broeck, José") == ["broeck", "den", "jose", "van"]
    assert normalised("Zoë  D'Hondt") == "zoe d'hondt"


def test_the_setting_holds_one_key_or_several():
    """A key that is too short is named, wherever it stands; without a key nothing personal is kept."""
    base = {"DIGIPUNT_SIGNING_KEY": "s" * 32}
    settings = Settings.load(base | {"DIGIPUNT_DATA_KEY": f"{NEW.decode()}, {OLD.decode()}"})
    assert settings.data_keys == (NEW, OLD)
    with pytest.raises(ConfigurationError, match="DIGIPUNT_DATA_KEY"):
        Settings.load(base | {"DIGIPUNT_DATA_KEY": f"{NEW.decode()},short"})
    with pytest.raises(ConfigurationError, match="DIGIPUNT_DATA_KEY"):
        FieldCipher(Settings.load(base).data_keys)
