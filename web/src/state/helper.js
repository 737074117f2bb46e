/**
 * Who sits at the desk, and who signed in. Choosing a name needs no PIN: it says who helped. What shows persons needs a PIN or
 * a sign-in of one's own, which ends with the tab, or ten minutes after the last touch.
 */
import { computed, effect, signal } from "@preact/signals";
import { credentials, onUnauthenticated, request } from "../api/client.js";
import { isPaired, laptop, laptopToken, takenBack } from "./device.js";
import { now } from "./connection.js";
import { keep, keepInTab, kept, ofTab } from "./kept.js";

/**
 * @typedef {{id: string, name: string, code: string, hasPin?: boolean}} Helper
 * @typedef {"helper" | "coordinator" | "policy"} Role
 * @typedef {{token: string, expiresAt: string, role: Role, name: string, municipalities: string[]}} Session
 * @typedef {0 | 1 | 2} Level
 */

export const IDLE_MS = 10 * 60_000;
export const WARNING_MS = 20_000;
const NAME_MS = 30 * 60_000;
const RENEW_MS = 5 * 60_000;
const STORED = "session";
const SEATED = "helper";

/** Whose name stands on top; null for “zonder naam”. @type {import("@preact/signals").Signal<Helper | null>} */
export const helper = signal(ofTab(SEATED)?.helper ?? null);
/** Whether somebody chose a name, or to go without, since the laptop was left alone. */
export const chosen = signal(ofTab(SEATED) !== null);
/** The helpers of this digipunt, first names only; kept on the laptop. @type {import("@preact/signals").Signal<Helper[]>} */
export const helpers = signal(kept("helpers", []));
/** @type {import("@preact/signals").Signal<Session | null>} */
export const session = signal(stored());
/** The screen is about to close. */
export const closing = signal(false);

const LEVELS = /** @type {const} */ ({ helper: 1, coordinator: 2, policy: 0 });

/** What may be opened now: 0 the desk, 1 helper, 2 coordinator. @type {import("@preact/signals").ReadonlySignal<Level>} */
export const level = computed(() => (session.value === null ? 0 : LEVELS[session.value.role]));

/** A policy officer signed in, who reads figures and nothing of the desk. */
export const readsOnly = computed(() => session.value?.role === "policy");

let touchedAt = Date.now();

/** @returns {Session | null} */
function stored() {
  const found = ofTab(STORED);
  return found !== null && Date.parse(found.expiresAt) > Date.now() ? found : null;
}

// Who signed in with a PIN did so at a desk that is no longer one.
effect(() => {
  if (takenBack.value && session.value?.role === "helper") session.value = null;
});
effect(() => keepInTab(STORED, session.value));
effect(() => keepInTab(SEATED, chosen.value ? { helper: helper.value } : null));

/** Say who sits here; another than who signed in ends that session. @param {Helper | null} person */
export function choose(person) {
  if (session.value?.role === "helper" && person?.id !== helper.value?.id) leave();
  helper.value = person;
  chosen.value = true;
}

/** Back to the names. */
export function switchHelper() {
  leave();
  helper.value = null;
  chosen.value = false;
}

/** @param {Helper} person @param {string} pin */
export async function signIn(person, pin) {
  const answer = await request("POST", "/desk/v1/sessions", { body: { helper: person.id, pin } });
  if (answer.status === 201) {
    choose(person);
    touch();
    session.value = { token: answer.data.token, expiresAt: answer.data.expiresAt, role: "helper", name: person.name, municipalities: [] };
  }
  return answer;
}

/** Exchange the code of a link for the session of a coordinator. @param {string} code */
export async function openLink(code) {
  const answer = await request("POST", "/desk/v1/signIns", { body: { code }, as: "nobody" });
  if (answer.status === 200 || answer.status === 201) enter(answer.data);
  return answer;
}

/** Whoever signed in for themselves is here now. @param {{token: string, expiresAt: string, roles: string[], municipalities: string[]}} given */
export function enter({ token, expiresAt, roles, municipalities }) {
  touch();
  session.value = { token, expiresAt, role: roles.includes("coordinator") ? "coordinator" : "policy", name: "", municipalities };
}

/** Called while whoever signed in can still send something. @type {Set<() => void>} */
export const beforeLeave = new Set();

/** End the session; the name stays on top. */
export function leave() {
  for (const told of beforeLeave) told();
  if (session.value !== null) void request("DELETE", "/desk/v1/sessions/current", { as: "person" });
  session.value = null;
  closing.value = false;
}

/** Somebody is there. */
export function touch() {
  touchedAt = Date.now();
  closing.value = false;
}

/** Ask for the names of this digipunt again; the old ones stay when nobody answers. */
export async function refreshHelpers() {
  if (!isPaired.value) return;
  const answer = await request("GET", "/desk/v1/helpers?pageSize=200");
  if (answer.status !== 200) return;
  helpers.value = answer.data.items;
  keep("helpers", answer.data.items);
}

/** Watch the clock: warn, end the session, and go back to the names. */
export function watch() {
  for (const sign of ["pointerdown", "keydown"]) addEventListener(sign, touch, { passive: true });
  setInterval(() => {
    const idle = Date.now() - touchedAt;
    if (session.value !== null) {
      if (idle > IDLE_MS || Date.parse(session.value.expiresAt) < now()) leave();
      else closing.value = idle > IDLE_MS - WARNING_MS;
      if (idle < RENEW_MS) void renew();
    }
    if (chosen.value && idle > NAME_MS) switchHelper();
  }, 1_000);
}

let renewing = false;

async function renew() {
  const open = session.value;
  if (renewing || open?.role !== "helper" || Date.parse(open.expiresAt) - now() > RENEW_MS) return;
  renewing = true;
  const answer = await request("POST", "/desk/v1/sessions/renew", { as: "person" });
  if (answer.status === 200 && session.value === open) session.value = { ...open, ...answer.data };
  renewing = false;
}

// A coordinator who works without a desk records under an own name.
credentials.laptop = async () => (await laptopToken()) ?? (laptop.value === null ? (session.value?.token ?? null) : null);
credentials.person = async () => session.value?.token ?? (await laptopToken());

onUnauthenticated.add((as) => {
  if (as === "person" && session.value !== null) {
    session.value = null;
    closing.value = false;
  }
});
