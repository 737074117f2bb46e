/** A result of a call is sent after eight seconds, at once when its screen is left, again when nobody answered, and never twice. */
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

// What a browser has and Node has otherwise: a channel keeps Node from ending.
Object.assign(globalThis, { BroadcastChannel: class { postMessage() {} } });

/** @type {{url: string, key: string, body: any}[]} */
const sent = [];
/** @type {() => Response | Promise<Response>} */
let answer = () => json(200);
/** @param {number} status @param {any} [body] */
const json = (status, body = { items: [] }) => new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", Date: new Date().toUTCString() } });
globalThis.fetch = /** @type {any} */ (
  async (/** @type {string} */ url, /** @type {any} */ { headers, body }) => {
    sent.push({ url, key: headers["Idempotency-Key"], body: JSON.parse(body) });
    return answer();
  }
);
mock.timers.enable({ apis: ["setTimeout", "setInterval"] });

const { session } = await import("../src/state/helper.js");
const results = await import("../src/state/results.js");
const MESSAGES = [{ id: "a", version: 2 }, { id: "b", version: 1 }];

/** Let what was begun end; timers stand still. */
const settled = async () => {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
};

beforeEach(() => {
  session.value = { token: "t", expiresAt: "2999-01-01T00:00:00Z", role: "helper", name: "Rita", municipalities: [] };
  sent.length = 0;
  answer = () => json(200);
});

test("a result can be undone for eight seconds", async () => {
  results.enter(MESSAGES, "told", "An");
  assert.ok(results.isEntered({ id: "a", version: 2 }));
  // The list knows more by now: what was entered is over.
  assert.ok(!results.isEntered({ id: "a", version: 3 }));
  mock.timers.tick(7_900);
  results.undo();
  mock.timers.tick(10_000);
  await settled();
  assert.deepEqual([sent.length, results.pending.value, results.isEntered({ id: "a", version: 2 })], [0, null, false]);
});

test("it is sent after eight seconds, once, with a key", async () => {
  results.enter(MESSAGES, "noAnswer", "An");
  mock.timers.tick(8_000);
  mock.timers.tick(60_000);
  await settled();
  assert.deepEqual(sent.map(({ body }) => body), [{ messages: ["a", "b"], result: "noAnswer" }]);
  assert.ok(sent[0]?.key);
});

test("the next one, and leaving the screen, send it at once", async () => {
  results.enter(MESSAGES, "told", "An");
  results.enter([{ id: "c", version: 1 }], "told", "Jan");
  results.flush();
  await settled();
  assert.deepEqual(sent.map(({ body }) => body.messages), [["a", "b"], ["c"]]);
});

test("what nobody answered is tried again under the same key, by the same person only", async () => {
  answer = () => Promise.reject(new TypeError("no network"));
  results.enter(MESSAGES, "told", "An");
  results.flush();
  await settled();
  assert.equal(results.unsent.value.length, 1);
  session.value = { token: "u", expiresAt: "2999-01-01T00:00:00Z", role: "helper", name: "Jos", municipalities: [] };
  results.tryAgain();
  await settled();
  assert.equal(sent.length, 1);
  session.value = { token: "t", expiresAt: "2999-01-01T00:00:00Z", role: "helper", name: "Rita", municipalities: [] };
  answer = () => json(200);
  mock.timers.tick(30_000);
  await settled();
  assert.deepEqual([sent.length, results.unsent.value.length], [2, 0]);
  assert.equal(sent[0]?.key, sent[1]?.key);
});

test("what is refused is shown, not sent again, and let go by a person", async () => {
  answer = () => json(400, { code: "noResultWanted", detail: "…" });
  results.enter(MESSAGES, "told", "An");
  results.flush();
  await settled();
  mock.timers.tick(60_000);
  await settled();
  const [entry] = results.unsent.value;
  assert.equal(sent.length, 1);
  assert.equal(entry?.refused?.problem?.code, "noResultWanted");
  if (entry) results.drop(entry);
  assert.deepEqual([results.unsent.value.length, results.isEntered({ id: "a", version: 2 })], [0, false]);
});
