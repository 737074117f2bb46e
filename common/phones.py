"""Phone numbers: one form to store (E.164), and the form in which people dial them."""

from __future__ import annotations

BELGIUM = "BE"


def e164(typed: str) -> str | None:
    """A number however it is written, Belgian without a country code, as `+32470123456`; None when it cannot be one."""
    # Loading the library takes longer than most of a start.
    import phonenumbers

    try:
        number = phonenumbers.parse(typed, BELGIUM)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def as_dialled(number: str) -> str:
    """A number in E.164 as people in Belgium dial it, such as `016 80 56 62`."""
    import phonenumbers

    parsed = phonenumbers.parse(number)
    form = phonenumbers.PhoneNumberFormat
    belgian = phonenumbers.region_code_for_number(parsed) == BELGIUM
    return phonenumbers.format_number(parsed, form.NATIONAL if belgian else form.INTERNATIONAL)


def takes_sms(number: str) -> bool:
    """Whether a number in E.164 can be a mobile one: an SMS to a landline goes nowhere, and is billed."""
    import phonenumbers

    kind = phonenumbers.number_type(phonenumbers.parse(number))
    mobile = phonenumbers.PhoneNumberType
    return kind in (mobile.MOBILE, mobile.FIXED_LINE_OR_MOBILE)
