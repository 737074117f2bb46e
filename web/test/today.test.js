/** What *Vandaag* shows of what the services have, what was sent, and what waits. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applied, counting, isOf, merged, patched, patchOf } from "../src/screens/today/merge.js";

const TODAY = "2026-03-03";
const AT = "2026-03-03T09:00:00.000Z";

/** @returns {any} */
const item = (id, fields = {}) => ({
  seq: 1, id, service: "visits", method: "PUT", path: `/visits/v1/visits/${id}`, body: JSON.stringify({ themes: ["tax"], startedAt: AT }), key: "k",
  state: "waiting", madeAt: AT, by: null, point: "p", attempts: 0, problem: null, holdUntil: 0, unsureClock: false, label: "", ...fields,
});
const correction = (id, body, fields = {}) => item(id, { seq: 2, method: "PATCH", body: JSON.stringify(body), ...fields });
const striking = (id, fields = {}) => item(id, { seq: 3, method: "POST", path: `/visits/v1/visits/${id}/void`, body: '{"reason":"duplicate"}', ...fields });
const served = (id, fields = {}) => ({ id, themes: ["email"], startedAt: AT, state: "registered", version: 1, ...fields });
const rows = (known) => merged({ items: [], sent: [], served: [], servedAt: 1_000, today: TODAY, ...known });
const groups = (found) => found.map(({ id, group }) => [id, group]);

test("a visit that waits, was just sent and is in the list shows once, as it waits", () => {
  const found = rows({ items: [item("a")], sent: [item("a", { sentAt: 2_000 })], served: [served("a")] });
  assert.deepEqual(groups(found), [["a", "waiting"]]);
  assert.deepEqual(found[0].visit.themes, ["tax"]);
});

test("no answer of a service overwrites a correction that is not sent", () => {
  const [row] = rows({ items: [correction("a", { outcome: "partly", residence: null })], served: [served("a", { residence: "24107", outcome: "referred" })] });
  assert.equal(row.group, "waiting");
  assert.equal(row.visit.outcome, "partly");
  assert.equal("residence" in row.visit, false);
  assert.deepEqual(row.visit.themes, ["email"]);
});

test("what was sent after the list was asked for is in it all the same, once", () => {
  assert.deepEqual(groups(rows({ sent: [item("a", { sentAt: 1_000 })] })), [["a", "sent"]]);
  const [row] = rows({ sent: [correction("a", { themes: ["tax"] }, { sentAt: 2_000 })], served: [served("a")] });
  assert.deepEqual(row.visit.themes, ["tax"]);
});

test("what the list had time to hear of counts as the list has it", () => {
  assert.deepEqual(rows({ sent: [item("a", { sentAt: 999 })] }), []);
  const [row] = rows({ sent: [item("a", { sentAt: 999 })], served: [served("a")] });
  assert.deepEqual(row.visit.themes, ["email"]);
});

test("without internet it is what this laptop sent today, put right and struck as it was sent", () => {
  const sent = [item("a"), correction("a", { themes: ["health"] }), item("b", { seq: 5 }), striking("b", { seq: 6 }), item("c", { seq: 7, body: '{"startedAt":"2026-03-02T09:00:00Z"}' })];
  const found = rows({ served: null, servedAt: 0, sent: sent.map((each) => ({ ...each, sentAt: 500 })) });
  assert.deepEqual(found.map(({ id, visit }) => [id, visit.themes, visit.state]), [["a", ["health"], "registered"], ["b", ["tax"], "voided"]]);
});

test("a visit of yesterday that waits is shown, one that was sent is not", () => {
  const body = JSON.stringify({ themes: ["tax"], startedAt: "2026-03-02T09:00:00Z" });
  assert.deepEqual(groups(rows({ items: [item("a", { body })], sent: [item("b", { body, sentAt: 2_000 })] })), [["a", "waiting"]]);
});

test("one refused item parks the visit, with all that waits behind it", () => {
  const found = rows({ items: [item("a", { state: "parked" }), correction("a", {})] });
  assert.deepEqual(groups(found), [["a", "parked"]]);
  assert.equal(found[0].items.length, 2);
});

test("a device that came back and a head-count stand on their own, also of one subject", () => {
  const back = (seq, action) => item("d", { seq, service: "loans", method: "POST", path: `/loans/v1/loans/d/${action}`, label: "laptop 12" });
  const found = rows({ items: [back(1, "return"), back(2, "check")], served: [served("d")] });
  assert.deepEqual(found.map(({ group, visit }) => [group, visit?.id]), [["waiting", undefined], ["waiting", undefined], ["sent", "d"]]);
});

test("only what counts is counted: not what is struck, refused, or of another day", () => {
  const found = rows({
    items: [item("a"), item("b", { seq: 2, state: "parked" }), item("e", { seq: 9, body: '{"startedAt":"2026-03-01T09:00:00Z"}' })],
    served: [served("c"), served("d", { state: "voided" })],
  });
  assert.equal(counting(found, TODAY), 2);
});

test("whose it is stands in the visit, else in who recorded it", () => {
  const [mine, theirs] = rows({ items: [item("a", { by: "h-a" })], served: [served("b", { helper: "h-b" })] });
  assert.deepEqual([isOf(mine, "h-a"), isOf(theirs, "h-a"), isOf(theirs, "h-b")], [true, false, true]);
});

test("the newest visit that was sent is on top", () => {
  assert.deepEqual(rows({ served: [served("a"), served("b", { startedAt: "2026-03-03T10:00:00Z" })] }).map(({ id }) => id), ["b", "a"]);
});

test("a correction holds what changed, and takes away what was emptied", () => {
  const before = { themes: ["tax"], outcome: "partly", place: "home", contact: "first", situation: ["retired"] };
  assert.deepEqual(patchOf(before, before), {});
  assert.deepEqual(patchOf(before, { themes: ["tax", "email"] }), { themes: ["tax", "email"], outcome: null, place: "point", contact: "unknown", situation: null });
  assert.deepEqual(patched(before, { outcome: null, place: "point" }), { themes: ["tax"], place: "point", contact: "first", situation: ["retired"] });
});

test("a visit without a moment began when it was recorded", () => {
  assert.equal(applied(undefined, item("a", { body: '{"themes":["tax"]}' }))["startedAt"], AT);
});
