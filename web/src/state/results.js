/**
 * What came of a call or a talk. It is sent after eight seconds in which it can be undone, or at once when its screen is left.
 *
 * Nothing of it is stored: who it is about is nobody's business but the helper's. What could not be sent is kept in memory and
 * tried again, as long as the same person is signed in.
 */
import { signal } from "@preact/signals";
import { request } from "../api/client.js";
import { UNDO_MS } from "../outbox/items.js";
import { busy } from "../update.js";
import { beforeLeave, session } from "./helper.js";

/**
 * @typedef {"told" | "noAnswer" | "wrongNumber" | "notTold" | "settled"} Result
 * @typedef {{messages: string[], result: Result, name: string, key: string, by: string, refused: import("../api/client.js").Answer | null}} Entry
 * @typedef {import("../api/client.js").Answer} Answer
 */

const AGAIN_MS = 30_000;

/** What can still be undone. @type {import("@preact/signals").Signal<Entry | null>} */
export const pending = signal(null);
/** What could not be sent yet, or was refused. @type {import("@preact/signals").Signal<Entry[]>} */
export const unsent = signal([]);
/** The messages that somebody just entered something for, each with its version then. @type {import("@preact/signals").Signal<ReadonlyMap<string, number>>} */
const entered = signal(new Map());
/** Called when the service took a result. @type {Set<() => void>} */
export const onSent = new Set();

/** Whether a list that still shows this message is older than what was entered for it. @param {{id: string, version: number}} message */
export const isEntered = ({ id, version }) => (entered.value.get(id) ?? 0) >= version;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** @type {ReturnType<typeof setInterval> | undefined} */
let again;

/** Who is signed in; a coordinator has no name here. */
export const who = () => (session.value === null ? "" : `${session.value.role} ${session.value.name}`);

/**
 * Note a result; what was noted before it is sent.
 * @param {{id: string, version: number}[]} messages @param {Result} result @param {string} name of the person
 */
export function enter(messages, result, name) {
  flush();
  pending.value = { messages: messages.map(({ id }) => id), result, name, key: crypto.randomUUID(), by: who(), refused: null };
  entered.value = new Map([...entered.value, ...messages.map(({ id, version }) => /** @type {[string, number]} */ ([id, version]))]);
  timer = setTimeout(flush, UNDO_MS);
  busy("results", true);
}

/** Take back what was just noted. */
export function undo() {
  clearTimeout(timer);
  if (pending.value !== null) show(pending.value.messages);
  pending.value = null;
  busy("results", unsent.value.length > 0);
}

/** Send what was noted, now. */
export function flush() {
  clearTimeout(timer);
  const entry = pending.value;
  pending.value = null;
  if (entry !== null) void send(entry);
}

/** Try again what could not be sent. */
export function tryAgain() {
  const mine = unsent.value.filter(({ by, refused }) => by === who() && refused === null);
  unsent.value = unsent.value.filter((entry) => !mine.includes(entry));
  for (const entry of mine) void send(entry);
}

/** Let go of what was refused. @param {Entry} entry */
export function drop(entry) {
  unsent.value = unsent.value.filter((each) => each !== entry);
  show(entry.messages);
  busy("results", unsent.value.length > 0);
}

/** @param {Entry} entry */
async function send(entry) {
  const { messages, result, key } = entry;
  const answer = await request("POST", "/notifications/v1/results", { body: { messages, result }, key, as: "person", keepalive: true });
  if (answer.status === 200) for (const told of onSent) told();
  else unsent.value = [...unsent.value, { ...entry, refused: isFinal(answer) ? answer : null }];
  busy("results", unsent.value.length > 0 || pending.value !== null);
  clearInterval(again);
  if (unsent.value.some(({ refused }) => refused === null)) again = setInterval(tryAgain, AGAIN_MS);
}

/** Whether sending it again would end in the same way. @param {Answer} answer */
const isFinal = ({ status, problem }) => problem !== null && status >= 400 && status < 500 && ![401, 408, 425, 429].includes(status);

/** @param {string[]} messages */
function show(messages) {
  entered.value = new Map([...entered.value].filter(([id]) => !messages.includes(id)));
}

beforeLeave.add(flush);
globalThis.addEventListener?.("pagehide", flush);
