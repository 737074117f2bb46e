/** Days and hours on Belgium's clock, and the visits of a tally sheet. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { hourOf, momentOf } from "../src/screens/today/clock.js";
import { total, visitsOf, without } from "../src/screens/today/tally_visits.js";

const iso = (moment) => (moment === null ? null : new Date(moment).toISOString());

test("noon in winter and in summer, and around the nights on which the clock changes", () => {
  assert.equal(iso(momentOf("2026-01-15", "12:00")), "2026-01-15T11:00:00.000Z");
  assert.equal(iso(momentOf("2026-07-15", "12:00")), "2026-07-15T10:00:00.000Z");
  assert.equal(iso(momentOf("2026-03-29", "12:00")), "2026-03-29T10:00:00.000Z");
  assert.equal(iso(momentOf("2026-10-25", "12:00")), "2026-10-25T11:00:00.000Z");
  assert.equal(iso(momentOf("2026-03-03", "00:30")), "2026-03-02T23:30:00.000Z");
});

test("what a field shows of a moment gives the moment back", () => {
  for (const moment of ["2026-03-03T22:58:00.000Z", "2026-06-30T22:01:00.000Z"]) {
    const day = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Brussels" }).format(new Date(moment));
    assert.equal(iso(momentOf(day, hourOf(moment))), moment);
  }
});

test("what is no day or no hour is no moment", () => {
  assert.equal(momentOf("", "12:00"), null);
  assert.equal(momentOf("2026-03-03", ""), null);
});

const NOW = Date.parse("2026-03-03T15:00:00Z");

test("a stroke is a visit at noon of its day", () => {
  const visits = visitsOf({ tax: 2, email: 0, health: 1 }, "2026-03-02", "p", NOW);
  assert.deepEqual(visits.map(({ themes }) => themes), [["tax"], ["tax"], ["health"]]);
  assert.deepEqual(visits[0], { digipunt: "p", startedAt: "2026-03-02T11:00:00.000Z", themes: ["tax"], place: "point" });
});

test("before noon of today a stroke is a visit of now, for none may be in the future", () => {
  const morning = Date.parse("2026-03-03T08:00:00Z");
  assert.equal(visitsOf({ tax: 1 }, "2026-03-03", "p", morning)[0].startedAt, "2026-03-03T08:00:00.000Z");
});

test("what was kept goes from the sheet, so that a second try keeps the rest only", () => {
  const left = without(without({ tax: 2, email: 1 }, "tax"), "email");
  assert.deepEqual(left, { tax: 1, email: 0 });
  assert.equal(total(left), 1);
  assert.equal(total(without({}, "tax")), 0);
});
