/** The order of calls, and what can be done for whom nobody reaches. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as reach from "../src/checks/reach.js";
import { keyOf, queue } from "../src/screens/calls/queue.js";
import { closing, isContact, perhapsArrived, tried } from "../src/screens/letters/tried.js";

const NOW = Date.parse("2026-03-03T10:00:00Z");

/** @param {string} id @param {Record<string, any>} [message] @param {Record<string, any>} [line] */
const line = (id, message = {}, line = {}) => ({
  messages: [{ id, version: 1, state: "toCall", kind: "loanOverdue1", changedAt: "2026-03-03T08:00:00Z", ...message }],
  script: "Dag", attempts: 0, ...line,
});

/** @param {any} [known] */
const known = (known = {}) => ({
  isMine: (/** @type {string} */ who) => who === "h-me",
  isDone: () => false,
  isToday: (/** @type {string} */ moment) => moment.startsWith("2026-03-03"),
  last: [],
  now: NOW,
  ...known,
});

/** @param {any[]} lines */
const names = (lines) => lines.map(keyOf);

test("who was tried today, and who is being called, do not come first", () => {
  const claim = (/** @type {string} */ claimedBy, until = "2026-03-03T10:05:00Z") => ({ claim: { id: "c", claimedBy, until } });
  const lines = [
    line("a", { state: "noAnswer" }), line("b", { state: "noAnswer", changedAt: "2026-03-02T08:00:00Z" }), line("c", {}, claim("h-jos")), line("d", {}, claim("h-me")),
    line("e", {}, claim("h-jos", "2026-03-03T09:59:00Z")),
  ];
  const found = queue(lines, known());
  assert.deepEqual([names(found.toCall), names(found.tried), names(found.others)], [["b", "d", "e"], ["a"], ["c"]]);
});

test("what was put off comes last, what was entered is gone", () => {
  const lines = [line("a"), line("b"), line("c")];
  assert.deepEqual(names(queue(lines, known({ last: ["a"] })).toCall), ["b", "c", "a"]);
  assert.deepEqual(names(queue(lines, known({ last: ["b", "a"] })).toCall), ["c", "b", "a"]);
  assert.deepEqual(names(queue(lines, known({ isDone: (/** @type {any} */ { id }) => id === "b" })).toCall), ["a", "c"]);
});

test("what was tried is told once for each way and end", () => {
  const history = [
    { at: "1", state: "planned", channel: "email" }, { at: "2", state: "bounced", channel: "email", reason: "bounced" },
    { at: "3", state: "noAnswer", channel: "phoneCall", reason: "noAnswer" }, { at: "4", state: "noAnswer", channel: "phoneCall", reason: "noAnswer" },
    { at: "5", state: "failed", reason: "noChannel" },
  ];
  assert.deepEqual(tried(history), [
    { channel: "email", reason: "bounced" }, { channel: "phoneCall", reason: "noAnswer" }, { channel: null, reason: "noChannel" },
  ]);
});

test("a message is closed as its state allows", () => {
  const message = { id: "a", version: 1, kind: "sessionReminder", state: "failed", reason: "unknown" };
  assert.equal(closing(message), "settled");
  assert.equal(closing({ ...message, state: "planned", channel: "inPerson" }), "told");
  assert.equal(closing({ ...message, state: "planned", reason: "noNumber" }), null);
  assert.ok(perhapsArrived([message]));
  assert.ok(!perhapsArrived([{ ...message, reason: "noChannel" }]));
  assert.ok(isContact([message]));
  assert.ok(!isContact([{ ...message, kind: "loanOverdue1" }]));
});

test("how somebody is reached becomes what a service takes", () => {
  const form = { ...reach.emptyReach(), name: " An ", phone: "0470 12 34 56", channels: ["email", "sms"] };
  assert.deepEqual(reach.possible(form), ["sms", "phoneCall", "inPerson"]);
  assert.deepEqual(reach.bodyOf(form), { name: "An", language: "nl", phone: "0470 12 34 56", channels: ["sms"] });
  assert.deepEqual(reach.changesOf(form), { name: "An", language: "nl", phone: "0470 12 34 56", channels: ["sms"], email: null, address: null });
  assert.deepEqual(reach.missing({ ...form, street: "Kerkstraat 1" }), ["address"]);
  assert.deepEqual(reach.missing(reach.emptyReach()), ["name"]);
  const known = { name: "An", language: "fr", address: { street: "Kerkstraat 1", postalCode: "3300", town: "Tienen" } };
  assert.deepEqual(reach.bodyOf(reach.reachOf(known)), known);
});
