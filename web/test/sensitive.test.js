/** The first look at a note warns of what says who somebody is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sensitive } from "../src/checks/sensitive.js";

test("numbers, addresses and codes are noticed", () => {
  assert.equal(sensitive("85.07.30-033.28"), "register");
  assert.equal(sensitive("bel 0470 12 34 56"), "phone");
  assert.equal(sensitive("an@example.be"), "email");
  assert.equal(sensitive("BE68 5390 0754 7034"), "account");
  assert.equal(sensitive("wachtwoord is Fien1948"), "password");
});

test("the words of the day are left alone", () => {
  for (const note of ["", "laptop 12 opgestart", "afspraak om 14.30 uur", "itsme werkt niet", "code vergeten, nieuwe gevraagd", "aanslagjaar 2025"]) {
    assert.equal(sensitive(note), null, note);
  }
});
