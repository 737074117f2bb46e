/** What was scanned or typed, and which device it is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { idIn, isPhone, keyOf, meantBy, readings } from "../src/checks/scan.js";

const ID = "e687e8f5-f7e1-4853-832b-eb38eec2fba8";
const names = { laptop: ["laptop", "ordinateur portable"], tablet: ["tablet", "tablette"] };
const device = (id, kind, label, at = "here") => ({ id, kind, label, at });
const shelf = [
  device(ID, "laptop", "12"),
  device("b", "laptop", "LAPTOP-014"),
  device("c", "tablet", "tablet 3"),
  device("d", "laptop", "L1-21"),
  device("e", "tablet", "T1-21"),
  device("f", "laptop", "L1-22", "elsewhere"),
];
const found = (text) => meantBy(text, shelf, names, "here").map(({ id }) => id);

test("a QR code of ours is an id, also typed by a scanner that thinks it has another keyboard", () => {
  assert.equal(idIn(`digipunt:${ID}`), ID);
  assert.equal(idIn(`  DIGIPUNT:${ID.toUpperCase()}\n`), ID);
  const azerty = { 1: "&", 2: "é", 3: '"', 4: "'", 5: "(", 6: "§", 7: "è", 8: "!", 9: "ç", 0: "à", "-": ")", ":": "M", a: "q", m: "," };
  const typed = [...`digipunt:${ID}`].map((sign) => azerty[sign] ?? sign).join("");
  assert.notEqual(typed, `digipunt:${ID}`);
  assert.equal(idIn(typed), ID);
  const french = { ...azerty, 6: "-", 8: "_" };
  assert.equal(idIn([...`digipunt:${ID}`].map((sign) => french[sign] ?? sign).join("")), ID);
  assert.equal(idIn("https://example.org"), null);
  assert.equal(readings("12")[0], "12");
});

test("a label is found however it is written", () => {
  for (const typed of ["12", "laptop 12", "LAPTOP 12", "Laptop-012", " 12 ", "laptop12", "ordinateur portable 12", `digipunt:${ID}`]) {
    assert.deepEqual(found(typed), [ID], typed);
  }
  for (const typed of ["14", "laptop 14", "laptop-014", "LAPTOP-014"]) assert.deepEqual(found(typed), ["b"], typed);
  for (const typed of ["3", "tablet 3", "tablette 3", "TABLET-03"]) assert.deepEqual(found(typed), ["c"], typed);
  for (const typed of ["l1-21", "L1 21", "laptop L1-21"]) assert.deepEqual(found(typed), ["d"], typed);
});

test("who has to choose gets all that are meant, and another kind is never meant", () => {
  assert.deepEqual(found("21"), ["d", "e"]);
  assert.deepEqual(found("tablet 21"), ["e"]);
  assert.deepEqual(found("tablet 12"), []);
  assert.deepEqual(found("22"), [], "what is elsewhere is named in full");
  assert.deepEqual(found("L1-22"), ["f"]);
  for (const typed of ["", "laptop", "An Peeters", "999"]) assert.deepEqual(found(typed), [], typed);
});

test("a number to call is no label", () => {
  for (const text of ["016 12 34 56", "0470/12.34.56", "+32 16 12 34 56"]) assert.ok(isPhone(text), text);
  for (const text of ["12", "L1-21", "2026-03", "An Peeters"]) assert.ok(!isPhone(text), text);
  assert.equal(keyOf("É\u200bCRAN   1"), "écran 1");
});
