/** Helpers under their digipunten, and the two fields of a new PIN. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { byPoint } from "../src/screens/people/by_point.js";
import { fault } from "../src/screens/people/pins.js";

/** @returns {any} */
const helper = (name, ...digipunts) => ({ id: name, name, digipunts });

test("who helps at two digipunten stands under both; a digipunt without helpers is left out", () => {
  const groups = byPoint([helper("Rita", "b", "a"), helper("Jos", "a"), helper("Mia", "elsewhere")], [{ id: "b", name: "Bib" }, { id: "a", name: "'t Recupke" }, { id: "c", name: "OCMW" }]);
  assert.deepEqual(groups.map(({ name, helpers }) => [name, helpers.map((each) => each.name)]), [["'t Recupke", ["Jos", "Rita"]], ["Bib", ["Rita"]], ["", ["Mia"]]]);
});

test("a PIN has four digits, twice the same", () => {
  assert.equal(fault("123", "123"), "pinFour");
  assert.equal(fault("12a4", "12a4"), "pinFour");
  assert.equal(fault("4711", "4712"), "pinOther");
  assert.equal(fault("4711", "4711"), "");
});
