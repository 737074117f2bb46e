/** What becomes of an item of the outbox, and which may go. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { agrees, due, ours, parcels, pause, readFirst, shifted, together, verdict } from "../src/outbox/rules.js";

/** @returns {any} */
const visit = (fields = {}) => ({
  seq: 1, id: "a", service: "visits", method: "PUT", path: "/visits/v1/visits/a", body: '{"themes":["tax"]}', key: "k", state: "waiting",
  madeAt: "2026-03-03T09:00:00Z", by: null, point: "p", attempts: 0, problem: null, holdUntil: 0, unsureClock: false, label: "", ...fields,
});
const refused = (status, code) => ({ status, problem: { code, detail: "", status }, retryAfter: null });

test("what a service accepted is sent, also when it had it already", () => {
  for (const status of [200, 201, 204]) assert.equal(verdict({ status, problem: null, retryAfter: null }, visit()).do, "sent");
});

test("no answer, a slow one, a broken one and a busy service make it try again", () => {
  for (const status of [0, 408, 425, 429, 500, 502, 503]) {
    const reply = status === 0 ? { status, problem: null, retryAfter: null } : refused(status, "busy");
    assert.equal(verdict(reply, visit()).do, "retry", String(status));
  }
});

test("who sends too often waits as long as the service asks, and parks nothing", () => {
  const judged = verdict({ ...refused(429, "tooManyWrites"), retryAfter: 40 }, visit());
  assert.deepEqual(judged, { do: "retry", after: 40 });
  assert.equal(pause(1, judged.after, () => 0), 40_000);
});

test("a service that is left out keeps its items waiting, in one process and behind an edge", () => {
  assert.equal(verdict(refused(404, "addressUnknown"), visit()).do, "retry");
  assert.equal(verdict(refused(503, "serviceAway"), visit()).do, "retry");
});

test("a refused token pauses, and parks nothing", () => {
  assert.equal(verdict(refused(401, "tokenExpired"), visit()).do, "pause");
});

test("what the service will never take is parked with its reason", () => {
  for (const status of [400, 403, 404, 412]) {
    const judged = verdict(refused(status, "themesMissing"), visit());
    assert.equal(judged.do, "park");
    assert.equal(judged.problem.code, "themesMissing");
  }
});

test("a visit that is there under its id with other content is looked at; an action in conflict is parked", () => {
  assert.equal(verdict(refused(409, "idTaken"), visit()).do, "compare");
  assert.equal(verdict(refused(409, "loanReturned"), visit({ method: "POST" })).do, "park");
});

test("what follows on a subject waits for what came before, and holds nobody else up", () => {
  const items = [visit({ seq: 1, id: "a", state: "parked" }), visit({ seq: 2, id: "a" }), visit({ seq: 3, id: "b" })];
  assert.deepEqual(due(items, 1).map(({ seq }) => seq), [3]);
});

test("what can still be undone is not sent", () => {
  assert.deepEqual(due([visit({ holdUntil: 100 })], 99), []);
  assert.equal(due([visit({ holdUntil: 100 })], 100).length, 1);
  // Made before somebody put the clock back.
  assert.equal(due([visit({ holdUntil: 7_200_000 })], 100).length, 1);
});

test("three visits go one by one, four go together, and other items never with them", () => {
  const visits = [..."abcd"].map((id) => visit({ id, path: `/visits/v1/visits/${id}` }));
  assert.deepEqual(parcels(visits.slice(0, 3)).map((each) => each.length), [1, 1, 1]);
  const wiped = visit({ id: "d", method: "POST", path: "/loans/v1/devices/d/wiped" });
  assert.deepEqual(parcels([...visits, wiped]).map((each) => each.length), [4, 1]);
  assert.deepEqual(parcels(visits, 2).map((each) => each.length), [2, 2]);
});

test("a batch has every body under its own id", () => {
  assert.deepEqual(together([visit()]), { items: [{ themes: ["tax"], id: "a" }] });
});

test("an action of more than a week ago whose fate nobody knows is read before it is sent", () => {
  const later = Date.parse("2026-03-11T09:00:00Z");
  const tried = visit({ method: "POST", attempts: 1 });
  assert.equal(readFirst(tried, later), true);
  assert.equal(readFirst({ ...tried, attempts: 0 }, later), false);
  assert.equal(readFirst(tried, Date.parse("2026-03-04T09:00:00Z")), false);
});

test("waiting doubles up to five minutes, is spread, and is as long as was asked", () => {
  const surely = () => 1;
  assert.equal(pause(1, null, surely), 2_000);
  assert.equal(pause(2, null, surely), 4_000);
  assert.equal(pause(99, null, surely), 300_000);
  assert.equal(pause(1, null, () => 0), 1_000);
  assert.equal(pause(1, 30, surely), 30_000);
});

test("a stored visit agrees with what was sent however its moment is written, and not with other content", () => {
  const sent = { themes: ["tax"], startedAt: "2026-03-03T10:00:00+01:00", card: "K7Q42M" };
  assert.equal(agrees(sent, { themes: ["tax"], startedAt: "2026-03-03T09:00:00Z", state: "registered" }), true);
  assert.equal(agrees(sent, { themes: ["email"], startedAt: "2026-03-03T09:00:00Z" }), false);
});

test("a wrong clock moves the beginning, and a body without one stays as it is", () => {
  assert.deepEqual(JSON.parse(shifted('{"startedAt":"2026-03-03T11:00:00.000Z"}', -7_200_000)), { startedAt: "2026-03-03T09:00:00.000Z" });
  assert.equal(shifted("{}", 1), "{}");
});

test("an answer that accepts names what it was about; what does not is nobody's", () => {
  const answer = (status, data) => ({ status, data, problem: null, retryAfter: null });
  assert.equal(ours(visit(), answer(201, { id: "a" })).status, 201);
  assert.equal(ours(visit({ id: "loan", path: "/loans/v1/devices/d/check" }), answer(200, { id: "d" })).status, 200);
  for (const data of [{ status: "ok" }, { id: "b" }, null]) assert.equal(ours(visit(), answer(200, data)).status, 0);
  assert.equal(ours(visit(), answer(503, null)).status, 503);
});
