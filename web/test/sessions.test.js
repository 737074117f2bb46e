/** Sessions: what stands where, what is counted, and what a plan becomes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as count from "../src/screens/sessions/count.js";
import { changesOf, emptyPlan, lacks, planOf, sessionsOf } from "../src/screens/sessions/planned.js";
import { byDay, groupOf, rowOf, withCount } from "../src/screens/sessions/rows.js";
import { isMoment, momentOf, onTheWall, weekly } from "../src/screens/sessions/times.js";

const NOW = Date.parse("2026-03-03T13:30:00Z");

/** @param {Record<string, any>} [fields] */
const session = (fields = {}) => ({
  id: "a", kind: "infoSession", title: "Veilig online", startsAt: "2026-03-03T13:00:00Z", endsAt: "2026-03-03T15:00:00Z", seats: 12, taken: 8, waiting: 2,
  state: "planned", ...fields,
});

test("Belgium's clock is read and set whatever the time of the year", () => {
  assert.equal(momentOf("2026-03-03", "14:00"), "2026-03-03T13:00:00.000Z");
  assert.equal(momentOf("2026-07-03", "14:00"), "2026-07-03T12:00:00.000Z");
  assert.deepEqual(onTheWall("2026-07-03T22:30:00Z"), { day: "2026-07-04", clock: "00:30" });
  // The hour that is skipped, and the hour that is there twice.
  assert.deepEqual(onTheWall(momentOf("2026-03-29", "02:30")), { day: "2026-03-29", clock: "03:30" });
  assert.deepEqual(onTheWall(momentOf("2026-10-25", "02:30")), { day: "2026-10-25", clock: "02:30" });
});

test("a day and an hour are checked", () => {
  assert.ok(isMoment("2026-03-03", "14:00"));
  for (const [day, clock] of [["", "14:00"], ["2026-03-03", ""], ["2026-13-03", "14:00"], ["3/3/2026", "14:00"]]) assert.ok(!isMoment(day ?? "", clock ?? ""));
});

test("weeks in a row keep the hour over the change of the clock", () => {
  assert.deepEqual(weekly("2026-03-24", 2), ["2026-03-24", "2026-03-31"]);
  const plan = { ...emptyPlan("p"), title: " Veilig online ", day: "2026-03-24", weeks: 2 };
  assert.deepEqual(sessionsOf(plan).map(({ startsAt }) => startsAt), ["2026-03-24T13:00:00.000Z", "2026-03-31T12:00:00.000Z"]);
  assert.deepEqual(sessionsOf(plan)[0], {
    kind: "infoSession", digipunt: "p", title: "Veilig online", startsAt: "2026-03-24T13:00:00.000Z", endsAt: "2026-03-24T15:00:00.000Z", seats: 12,
  });
});

test("a plan says what it lacks", () => {
  assert.deepEqual(lacks(emptyPlan()), ["title", "day", "digipunt"]);
  const plan = { ...emptyPlan("p"), title: "x", day: "2026-03-24" };
  assert.deepEqual(lacks(plan), []);
  assert.deepEqual(lacks({ ...plan, to: "13:00", seats: "0" }), ["to", "seats"]);
});

test("a planned session becomes a form and comes back unchanged", () => {
  const plan = planOf(session({ digipunt: "p", location: "zaal 2" }));
  assert.deepEqual([plan.day, plan.from, plan.to], ["2026-03-03", "14:00", "16:00"]);
  assert.deepEqual(changesOf(plan), {
    title: "Veilig online", startsAt: "2026-03-03T13:00:00.000Z", endsAt: "2026-03-03T15:00:00.000Z", seats: 12, location: "zaal 2", description: null,
  });
});

test("what is kept of a session says nothing that somebody wrote about a place", () => {
  const row = rowOf({ ...session(), location: "bij Jan thuis", description: "bel Jan", attendance: { present: 9 }, state: "held" });
  assert.ok(!JSON.stringify(row).includes("Jan"));
  assert.equal(row.present, 9);
});

test("a session stands to be counted from its beginning on, until it was", () => {
  assert.equal(groupOf(rowOf(session()), NOW), "count");
  assert.equal(groupOf(rowOf(session({ startsAt: "2026-03-03T14:00:00Z" })), NOW), "coming");
  assert.equal(groupOf(rowOf(session({ state: "held" })), NOW), "past");
  assert.equal(groupOf(rowOf(session({ state: "cancelled" })), NOW), "coming");
  assert.equal(groupOf(rowOf(session({ state: "cancelled", endsAt: "2026-03-03T13:15:00Z" })), NOW), "past");
});

test("days follow each other, and the past begins with the latest", () => {
  const rows = ["2026-03-05", "2026-03-04", "2026-03-05"].map((day, place) => rowOf(session({ id: String(place), startsAt: `${day}T13:00:00Z` })));
  assert.deepEqual(byDay(rows, "coming", NOW).map((day) => day.map(({ id }) => id)), [["1"], ["0", "2"]]);
  const held = rows.map((row) => ({ ...row, state: "held" }));
  assert.deepEqual(byDay(held, "past", NOW).map((day) => day.length), [2, 1]);
});

test("a count that waits here is not overwritten by what the service does not know yet", () => {
  const item = { id: "a", path: "/visits/v1/sessions/a/held", body: '{"present": 9}', state: "waiting" };
  assert.deepEqual(withCount(rowOf(session()), [item]).present, 9);
  assert.equal(withCount(rowOf(session()), [item]).state, "held");
  for (const other of [{ ...item, id: "b" }, { ...item, state: "parked" }]) assert.equal(withCount(rowOf(session()), [other]).state, "planned");
});

const REGISTRATIONS = [
  { id: "r1", number: 1, seats: 1, state: "confirmed", reference: "K7Q4-2M" },
  { id: "r2", number: 2, seats: 2, state: "confirmed", reference: "M3HX-7A" },
  { id: "r3", number: 3, seats: 1, state: "waiting", reference: "2P9C-4F" },
];

test("a tap counts all of a registration, a second tap none", () => {
  const places = count.placesOf(REGISTRATIONS);
  assert.deepEqual(places.map(({ key }) => key), ["r1", "r2"]);
  const [one, two] = /** @type {[import("../src/screens/sessions/count.js").Place, import("../src/screens/sessions/count.js").Place]} */ (places);
  let taps = { ...count.emptyCount(), places, walkIn: 3 };
  taps = count.tapped(count.tapped(taps, one), two);
  assert.deepEqual(count.bodyOf(taps), { present: 6, registered: 3, walkIn: 3, ageBands: [] });
  assert.equal(count.presentOf(count.tapped(taps, two)), 4);
});

test("age bands fit when all of them are there, or none", () => {
  const taps = { ...count.emptyCount(), ticks: { r2: 2 }, walkIn: 1 };
  assert.equal(count.bandsMiss(taps), 0);
  assert.equal(count.bandsMiss({ ...taps, bands: { "65to74": 2 } }), 1);
  assert.equal(count.bandsMiss({ ...taps, bands: { "65to74": 4 } }), -1);
  const all = { ...taps, bands: { "65to74": 2, under18: 0, "75plus": 1 } };
  assert.equal(count.bandsMiss(all), 0);
  assert.deepEqual(count.bodyOf(all).ageBands, [{ code: "65to74", count: 2 }, { code: "75plus", count: 1 }]);
});

test("what stays on the laptop has no reference in it", () => {
  const kept = count.toKeep({ ...count.emptyCount(), places: count.placesOf(REGISTRATIONS), ticks: { r1: 1 } });
  assert.ok(!JSON.stringify(kept).includes("K7Q4"));
  assert.deepEqual(count.withPlaces(kept, count.placesOf(REGISTRATIONS)).ticks, { r1: 1 });
});

test("who began a count goes on with it, whatever may be seen now", () => {
  const places = count.placesOf(REGISTRATIONS);
  const bySeat = count.tapped({ ...count.emptyCount(), places: count.seatsOf(3) }, { key: "seat2", number: 2, seats: 1 });
  assert.deepEqual(count.withPlaces(bySeat, places), bySeat);
  const byRegistration = { ...count.emptyCount(), places, ticks: { r1: 1, r2: 2 } };
  assert.deepEqual(count.withPlaces(byRegistration, count.seatsOf(3)), byRegistration);
  // Nothing was ticked yet: the registrations take the place of the seats.
  assert.deepEqual(count.withPlaces({ ...count.emptyCount(), places: count.seatsOf(3) }, places).places, places);
  // One was cancelled, and one came with fewer.
  assert.deepEqual(count.withPlaces(byRegistration, [{ key: "r2", number: 2, seats: 1 }]).ticks, { r2: 1 });
});
