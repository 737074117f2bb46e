/** What is found decides the page, and what waits to be sent is seen as if it had arrived. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { bare, pageFor, whyNot, withPending } from "../src/checks/devices.js";
import { bareDay, lists } from "../src/checks/lending_day.js";

/** @returns {any} */
const device = (fields = {}) => ({
  ...bare({ id: "d", kind: "laptop", label: "12", state: "onLoan", at: "here", digipunt: "here", municipality: "24107", condition: "good", accessories: ["lader"], loan: "l", checked: false, wiped: false }),
  ...fields,
});
/** @returns {any} */
const item = (path, body, fields = {}) => ({ id: "l", service: "loans", path: `/loans/v1/${path}`, body: JSON.stringify(body), state: "waiting", ...fields });
const back = item("loans/l/return", { devices: ["d"], digipunt: "here" });

test("each state has its page, or a reason before one can choose", () => {
  const page = (fields) => pageFor(device(fields), "here");
  assert.deepEqual(page({ state: "available", loan: null }), { page: "lend", reason: null });
  assert.deepEqual(page({}), { page: "back", reason: null });
  assert.deepEqual(page({ state: "returnedUnchecked", loan: null }), { page: "check", reason: null });
  assert.deepEqual(page({ state: "toWipe", loan: null }), { page: "check", reason: null });
  assert.deepEqual(page({ state: "reserved" }), { page: "ready", reason: "reserved" });
  assert.deepEqual(page({ state: "available", at: "there", loan: null }), { page: "check", reason: "elsewhere" });
  assert.deepEqual(page({ state: "available", at: "there", digipunt: "there", loan: null }), { page: null, reason: "elsewhere" });
  assert.deepEqual(page({ state: "missing", loan: null }), { page: "check", reason: "missing" });
  assert.deepEqual(page({ state: "retired", loan: null }), { page: null, reason: "retired" });
  assert.deepEqual(page({ state: "lentToMars" }), { page: null, reason: "unknownState" });
  assert.equal(whyNot(device({ state: "toWipe" }), "here"), "toWipe");
  assert.equal(whyNot(device({ state: "available" }), "here"), null);
});

test("nothing of a note or a person is kept", () => {
  const kept = bare({ id: "d", kind: "laptop", label: "12", digipunt: "here", note: "An", borrower: "b", serial: "s" });
  assert.ok(!("note" in kept) && !("borrower" in kept) && !("serial" in kept));
});

test("a return that waits makes it something to check, and a check behind it makes it free", () => {
  const [returned] = withPending([device()], [back]);
  assert.deepEqual([returned.state, returned.loan, returned.behind, returned.wiped], ["returnedUnchecked", null, "l", false]);
  const check = item("devices/d/check", { condition: "good", wiped: true });
  assert.equal(withPending([device()], [back, check])[0].state, "available");
  const notWiped = item("devices/d/check", { condition: "used" });
  assert.equal(withPending([device()], [back, notWiped])[0].state, "toWipe");
  assert.equal(withPending([device()], [back, notWiped, item("devices/d/wiped", {})])[0].state, "available");
  assert.equal(withPending([device()], [back, item("devices/d/check", { condition: "damaged", wiped: true })])[0].state, "inRepair");
  assert.equal(withPending([device({ kind: "bag" })], [back])[0].wiped, true);
});

test("what was refused, is of another service or of another loan changes nothing", () => {
  for (const each of [{ ...back, state: "parked" }, { ...back, service: "visits" }, item("loans/other/return", { devices: ["d"] })]) {
    assert.equal(withPending([device()], [each])[0].state, "onLoan");
  }
});

const loan = (id, dueOn, out, fields = {}) => ({ id, devices: out, deviceLabels: out, deviceKinds: out.map(() => "laptop"), out, dueOn, digipunt: "here", borrower: "an", ...fields });
const day = {
  day: "2026-03-03", counts: { toComeBack: 1, late: 203, ready: 1, toCheck: 0, toWipe: 0, waiting: 1 },
  toComeBack: [loan("l", "2026-03-03", ["d"])], late: [loan("m", "2026-02-24", ["e"])],
  ready: [loan("r", "2026-03-31", ["f"])], waiting: [{ id: "w", deviceKind: "laptop", requestedOn: "2026-03-01", number: 1, note: "voor An", borrower: "an" }], embedded: { an: {} },
};

test("what came back here leaves its list and is to be checked", () => {
  const devices = withPending([device()], [back]);
  const found = lists(day, devices, "here", "2026-03-03");
  assert.deepEqual(found.loans.toComeBack, []);
  assert.deepEqual(found.devices.toCheck.map(({ id }) => id), ["d"]);
  assert.deepEqual(found.counts, { toComeBack: 0, late: 203, ready: 1, toCheck: 1, toWipe: 0, waiting: 1 });
});

test("a day later, what was to come back is late", () => {
  const found = lists(day, [], "here", "2026-03-04");
  assert.deepEqual(found.loans.late.map(({ id }) => id), ["m", "l"]);
  assert.equal(found.counts.toComeBack, 0);
});

test("a laptop keeps no borrower and no note", () => {
  assert.ok(!JSON.stringify(bareDay(day)).includes("an"), JSON.stringify(bareDay(day)));
});
