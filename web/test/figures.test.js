/** Figures: what an address asks, which days that are, and how counts become rows. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { before, byMunicipality, cutOf, daysOf, isPeriod, lengthOf, monthsUntil, parameters, percent, ranked, read, reportable, stepsOf, write } from "../src/checks/figures.js";

const TODAY = "2026-11-26";
const OWN = ["24059", "24107"];

test("a period with a name follows the day", () => {
  assert.deepEqual(daysOf("year", TODAY), { from: "2026-01-01", to: TODAY });
  assert.deepEqual(daysOf("halfYear", TODAY), { from: "2026-01-01", to: "2026-06-30" });
  assert.deepEqual(daysOf("halfYear", "2026-06-30"), { from: "2025-07-01", to: "2025-12-31" });
  assert.deepEqual(daysOf("halfYear", "2026-07-01"), { from: "2026-01-01", to: "2026-06-30" });
});

test("an address asks what was chosen, also after a reload", () => {
  for (const query of ["", "?periode=halfjaar", "?periode=zelf&van=2025-01-01&tot=2026-07-31", "?gemeente=24107&digipunt=a", "?gemeente=24107&per=woonplaats", "?dienst=itsme"]) {
    assert.equal(write(read(Object.fromEntries(new URLSearchParams(query)), TODAY)), query);
  }
});

test("an address that makes no sense asks for this year", () => {
  for (const query of [{ periode: "zelf", van: "2026-07-01", tot: "2026-01-01" }, { periode: "zelf", van: "2026-02-30", tot: "2026-03-01" }, { periode: "eeuw" }, { periode: "constructor" }]) {
    assert.deepEqual(read(query, TODAY), { kind: "year", from: "2026-01-01", to: TODAY, municipality: "", digipunt: "", residence: false, service: "" });
  }
  assert.ok(isPeriod("2024-02-29", "2024-02-29"));
  assert.ok(!isPeriod("2026-02-29", "2026-03-01"));
});

test("by residence no digipunt is asked, and all that is one's own is named", () => {
  const asked = read({ gemeente: "24107", digipunt: "a" }, TODAY);
  assert.equal(parameters(asked, OWN), "from=2026-01-01&to=2026-11-26&digipunt=a");
  assert.equal(parameters({ ...asked, residence: true }, OWN, { compare: "lastYear" }), "from=2026-01-01&to=2026-11-26&compare=lastYear&residence=24107");
  assert.equal(parameters({ ...asked, municipality: "", residence: true }, OWN), "from=2026-01-01&to=2026-11-26&residence=24059&residence=24107");
});

test("a period is cut so that its parts can be seen", () => {
  assert.equal(cutOf({ from: "2026-01-01", to: "2026-01-31" }), "day");
  assert.equal(cutOf({ from: "2026-01-01", to: "2026-02-01" }), "month");
  assert.equal(cutOf({ from: "2025-01-01", to: "2026-07-31" }), "month");
  assert.equal(cutOf({ from: "2024-06-01", to: "2026-07-31" }), "month");
  assert.equal(cutOf({ from: "2024-05-31", to: "2026-07-31" }), "quarter");
  assert.equal(cutOf({ from: "2014-01-01", to: "2026-12-31" }), "halfYear");
  assert.equal(cutOf({ from: "2000-01-01", to: "2026-12-31" }), "year");
});

test("the period before has as many months, or as many days", () => {
  assert.deepEqual(before({ from: "2026-01-01", to: "2026-06-30" }), { from: "2025-07-01", to: "2025-12-31" });
  assert.deepEqual(before({ from: "2025-01-01", to: "2026-07-31" }), { from: "2023-06-01", to: "2024-12-31" });
  assert.deepEqual(before({ from: "2026-03-01", to: "2026-03-31" }), { from: "2026-02-01", to: "2026-02-28" });
  assert.deepEqual(before({ from: "2026-01-01", to: "2026-11-27" }), { from: "2025-02-04", to: "2025-12-31" });
  assert.deepEqual(before({ from: "2026-03-02", to: "2026-03-02" }), { from: "2026-03-01", to: "2026-03-01" });
});

test("the last months, the newest first", () => {
  assert.deepEqual(monthsUntil("2026-02-28", 3), ["2026-02", "2026-01", "2025-12"]);
});

test("steps are read as people type them", () => {
  for (const text of ["1000, 1500, 1750", "1.000 1.500 1.750", "1.000, 1500 en 1750"]) assert.deepEqual(stepsOf(text), [1000, 1500, 1750]);
  assert.deepEqual(stepsOf("geen"), []);
});

/** @param {number} count */
const items = (count) => Array.from({ length: count }, (_, place) => ({ code: `c${place}`, count: 100 - place }));

test("ten rows, and the rest together", () => {
  assert.deepEqual(ranked(items(10)).rest, null);
  assert.equal(ranked(items(11)).first.length, 11);
  assert.deepEqual(ranked(items(12)).rest, { codes: 2, count: 90 + 89 });
});

test("not asked is no answer, and has no rank", () => {
  const { first, notAsked } = ranked([{ code: "notAsked", count: 500 }, ...items(3)]);
  assert.deepEqual([first.map(({ code }) => code), notAsked?.count], [["c0", "c1", "c2"], 500]);
});

test("a bar is as long as its count; one that is hidden or 0 has none", () => {
  assert.deepEqual([lengthOf(50, 200), lengthOf(0, 200), lengthOf(null, 200), lengthOf(0, 0)], [25, 0, 0, 0]);
  assert.deepEqual([percent(1, 3), percent(0, 0)], [33, null]);
});

test("digipunten of one municipality are added up", () => {
  const found = byMunicipality([{ municipality: "a", contacts: 3 }, { municipality: "b", contacts: 5 }, { municipality: "a", contacts: 4 }]);
  assert.deepEqual(found, [{ code: "a", count: 7 }, { code: "b", count: 5 }]);
  const closed = byMunicipality([{ municipality: "a", contacts: null }, { municipality: "b", contacts: null }, { municipality: "b", contacts: 0 }]);
  assert.deepEqual(closed, [{ code: "a", count: null }, { code: "b", count: 0 }]);
});

test("a report is of a period that is over", () => {
  const said = (/** @type {string} */ today) => reportable(today, 3).map(({ kind, from }) => `${kind} ${from}`);
  assert.deepEqual(said(TODAY), ["halfYear 2026-01-01", "year 2025-01-01", "halfYear 2025-07-01"]);
  assert.deepEqual(said("2026-06-30"), ["year 2025-01-01", "halfYear 2025-07-01", "halfYear 2025-01-01"]);
});
