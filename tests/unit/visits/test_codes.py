"""Codes on visitor cards survive handwriting and typing."""

from secrets import randbelow

from hypothesis import given
from hypothesis import strategies as st

from services.visits.model.codes import ALPHABET, new_code, read_code

CODES = st.lists(st.integers(0, len(ALPHABET) - 1), min_size=5, max_size=5).map(
    lambda drawn: new_code(lambda below, left=list(drawn): left.pop())
)


def test_a_code_looks_like_the_one_in_the_documentation():
    """The code in the documentation is a valid one."""
    assert read_code("K7Q4-2M") == "K7Q4-2M"


def test_codes_are_drawn_from_the_whole_alphabet():
    """Random codes use every character, and each reads back as itself."""
    codes = [new_code(randbelow) for _ in range(2000)]
    assert all(read_code(code) == code for code in codes)
    assert set("".join(codes)) == {*ALPHABET, "-"}


@given(CODES)
def test_a_code_is_read_however_it_is_typed(code):
    """Lower case, spaces and a missing dash do not matter."""
    assert read_code(code.lower()) == code
    assert read_code(f" {code[:2]} {code[2:4]} {code[5:]} ") == code


@given(CODES, st.integers(0, 5), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_seen(code, place, character):
    """No code with one wrong character passes as another card."""
    compact = code.replace("-", "")
    wrong = compact[:place] + character + compact[place + 1 :]
    assert (read_code(wrong) is None) == (wrong != compact)


@given(CODES, st.integers(0, 5), st.integers(0, 5))
def test_two_swapped_characters_are_seen(code, one, other):
    """No code with two characters swapped passes as another card."""
    compact = list(code.replace("-", ""))
    swapped = compact.copy()
    swapped[one], swapped[other] = compact[other], compact[one]
    assert (read_code("".join(swapped)) is None) == (swapped != compact)


@given(st.text())
def test_any_text_can_be_typed(text):
    """Whatever is typed is a code or is not."""
    assert read_code(text) in (None, read_code(read_code(text) or ""))
