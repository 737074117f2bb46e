/** On which days something can come back. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isHoliday, isOpen, nextOpening, openingDay, plus, usualDueDay } from "../src/checks/opening.js";

const TUESDAYS = [{ weekday: "tue", opens: "13:00", closes: "17:00", every: 1 }];
const OTHER_FRIDAYS = [{ weekday: "fri", opens: "13:00", closes: "16:00", every: 2, first: "2024-01-05" }];

test("the legal holidays, those that move with Easter too", () => {
  for (const day of ["2026-01-01", "2026-04-06", "2026-05-01", "2026-05-14", "2026-05-25", "2026-07-21", "2026-08-15", "2026-11-01", "2026-11-11", "2026-12-25", "2027-03-29", "2024-04-01"]) {
    assert.ok(isHoliday(day), day);
  }
  for (const day of ["2026-04-07", "2026-12-26", "2026-07-11"]) assert.ok(!isHoliday(day), day);
});

test("a pattern, one that skips weeks, and none at all", () => {
  assert.ok(isOpen(TUESDAYS, "2026-03-03"));
  assert.ok(!isOpen(TUESDAYS, "2026-03-04"));
  assert.ok(isOpen(OTHER_FRIDAYS, "2024-01-19"));
  assert.ok(!isOpen(OTHER_FRIDAYS, "2024-01-12"));
  assert.ok(isOpen(OTHER_FRIDAYS, "2023-12-22"), "also before the day it is counted from");
  assert.ok(isOpen([], "2026-03-06"));
  assert.ok(!isOpen(null, "2026-03-07"));
  assert.ok(!isOpen([], "2026-05-14"));
});

test("four weeks, then the next opening day; earlier and later by opening day", () => {
  assert.equal(usualDueDay(TUESDAYS, "2026-03-03"), "2026-03-31");
  assert.equal(usualDueDay(TUESDAYS, "2026-03-04"), "2026-04-07");
  assert.equal(openingDay([], "2026-04-04"), "2026-04-07", "a weekend and Easter Monday");
  assert.equal(nextOpening(TUESDAYS, "2026-03-31", 1), "2026-04-07");
  assert.equal(nextOpening(TUESDAYS, "2026-03-31", -1), "2026-03-24");
  assert.equal(plus("2026-12-31", 1), "2027-01-01");
  assert.equal(openingDay([{ weekday: "never" }], "2026-03-03"), "2026-03-03");
});
