/** Visitor cards are read as the service reads them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readCard } from "../src/checks/card.js";

const ALPHABET = "234679ACDEFHJKMNPQRTWXY";

/** A code whose check character is right. @param {string} five */
const made = (five) => [...ALPHABET].map((last) => five + last).find((code) => readCard(code) !== null) ?? "";

test("a code is read however it is typed", () => {
  const code = made("K7Q42");
  const written = `${code.slice(0, 4)}-${code.slice(4)}`;
  for (const typed of [code, code.toLowerCase(), written, ` ${written} `, `${code.slice(0, 3)} ${code.slice(3)}`]) {
    assert.equal(readCard(typed), written);
  }
});

test("one wrong character, and two that changed places, are found", () => {
  const code = made("K7Q42");
  for (let place = 0; place < code.length; place += 1) {
    for (const other of ALPHABET) {
      if (other !== code[place]) assert.equal(readCard(code.slice(0, place) + other + code.slice(place + 1)), null);
    }
    const next = code[place + 1];
    if (next !== undefined && next !== code[place]) {
      assert.equal(readCard(code.slice(0, place) + next + code[place] + code.slice(place + 2)), null);
    }
  }
});

test("what is too short, too long or has other characters is no card", () => {
  for (const typed of ["", "K7Q4", "K7Q4-2MM", "K7Q4-2O"]) assert.equal(readCard(typed), null);
});
