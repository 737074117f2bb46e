"""What is of a person is read with their own key only, and by nobody once that is destroyed."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from chassis.errors import Unavailable
from chassis.storage.database import Database
from chassis.storage.tables import person_keys
from common.field_cipher import FieldCipher
from common.person_keys import cipher_of, ciphers_of, destroy, own_cipher, wrap_again

OLD, NEW = b"the data key of before, of 32 characters", b"the data key from now on, also long enough"
ANN, BOB = "0195a1b2-3c4d-7e5f-8a6b-7c8d9e0f5a01", "0195a1b2-3c4d-7e5f-8a6b-7c8d9e0f5a02"


@pytest.fixture
def connection(tmp_path) -> Iterator[sa.Connection]:
    """One transaction, on a database with the table of keys."""
    database = Database(f"sqlite:///{tmp_path / 'keys.sqlite'}")
    person_keys.create(database.engine)
    with database.begin() as connection:
        yield connection
    database.close()


def test_each_has_a_key_of_their_own(connection):
    """The same key each time for one, another for another; and neither reads what is of the other."""
    shared = FieldCipher([OLD])
    sealed = own_cipher(connection, shared, ANN).encrypt({"name": "Ann"})
    own_cipher(connection, shared, BOB)
    found = ciphers_of(connection, shared, [ANN, BOB])
    assert (
        found[ANN].decrypt(sealed) == own_cipher(connection, shared, ANN).decrypt(sealed) == {"name": "Ann"}
    )
    with pytest.raises(Unavailable):
        found[BOB].decrypt(sealed)


def test_destroyed_is_unreadable_with_every_other_key(connection):
    """Neither the data key nor a new key of the same person opens it."""
    shared = FieldCipher([OLD])
    sealed = own_cipher(connection, shared, ANN).encrypt({"name": "Ann"})
    destroy(connection, ANN)
    for cipher in (cipher_of(connection, shared, ANN), shared, own_cipher(connection, shared, ANN)):
        with pytest.raises(Unavailable):
            cipher.decrypt(sealed)


def test_what_is_from_before_is_read_and_encrypted_anew(connection):
    """Under the data key itself, until it is sealed again; a second time there is nothing to do."""
    shared = FieldCipher([OLD])
    before = shared.encrypt({"name": "Ann"})
    assert cipher_of(connection, shared, ANN).decrypt(before) == {"name": "Ann"}
    own = own_cipher(connection, shared, ANN)
    after = own.again(before)
    assert own.decrypt(after) == {"name": "Ann"}
    assert (own.again(after), own.again(None)) == (None, None)


def test_a_change_of_the_data_key_wraps_keys_and_leaves_what_is_encrypted(connection):
    """The new data key alone opens what was sealed before, which did not change."""
    sealed = own_cipher(connection, FieldCipher([OLD]), ANN).encrypt({"name": "Ann"})
    both = FieldCipher([NEW, OLD])
    assert wrap_again(connection, both, ANN)
    assert not wrap_again(connection, both, ANN)
    assert cipher_of(connection, FieldCipher([NEW]), ANN).decrypt(sealed) == {"name": "Ann"}
    with pytest.raises(Unavailable):
        cipher_of(connection, FieldCipher([OLD]), ANN)
    assert wrap_again(connection, both, BOB)
