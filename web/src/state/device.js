/**
 * This laptop: at which digipunt it is the desk, and the short token that says so. The secret with which the token is renewed is
 * the laptop's own; a coordinator who takes the laptop back makes it worthless.
 */
import { computed, signal } from "@preact/signals";
import { onUnauthenticated, request } from "../api/client.js";
import { now } from "./connection.js";
import { keep, kept } from "./kept.js";

/**
 * @typedef {{id: string, name: string, secret: string, digipunt: string, municipality: string}} Laptop
 * @typedef {{token: string, expiresAt: string}} Token
 */

/** Renewed when less than this is left, so that a desk that is away for a while stops nobody. */
const RENEW_MS = 30 * 60_000;

/** @type {import("@preact/signals").Signal<Laptop | null>} */
export const laptop = signal(kept("laptop", null));
/** @type {import("@preact/signals").Signal<Token | null>} */
const token = signal(kept("laptopToken", null));

/** The coordinator took it back: what waits stays, and it has to be paired again. */
export const takenBack = signal(kept("takenBack", false));

/** Somebody has the code with which a laptop that was taken back is paired again. */
export const pairingAgain = signal(false);

/** Just paired: the two digits that the coordinator sees too, until somebody goes on. @type {import("@preact/signals").Signal<string | null>} */
export const justPaired = signal(null);

export const isPaired = computed(() => laptop.value !== null && !takenBack.value);

/** @type {Promise<void> | null} */
let renewing = null;

/** Pair with the code that a coordinator reads out. @param {string} code @param {string} name */
export async function pair(code, name) {
  const answer = await request("POST", "/desk/v1/laptops", { body: { code, name }, as: "nobody" });
  if (answer.status === 201) {
    const { token: fresh, expiresAt, check, ...rest } = answer.data;
    justPaired.value = check;
    laptop.value = rest;
    token.value = { token: fresh, expiresAt };
    takenBack.value = false;
    pairingAgain.value = false;
    store();
  }
  return answer;
}

/** Forget what this laptop was; only when nothing waits. */
export function unpair() {
  laptop.value = null;
  token.value = null;
  takenBack.value = false;
  store();
}

const store = () => {
  keep("laptop", laptop.value);
  keep("laptopToken", token.value);
  keep("takenBack", takenBack.value || null);
};

async function renew() {
  const { id, secret } = /** @type {Laptop} */ (laptop.value);
  const answer = await request("POST", `/desk/v1/laptops/${id}/token`, { body: { secret }, as: "nobody" });
  if (answer.status === 200) {
    token.value = answer.data;
    takenBack.value = false;
  } else if (answer.problem?.code === "laptopTakenBack") {
    token.value = null;
    takenBack.value = true;
  }
  store();
}

const left = () => (token.value === null ? 0 : Date.parse(token.value.expiresAt) - now());

/** The laptop's token, renewed in time; null when it has none. */
export async function laptopToken() {
  if (laptop.value !== null && !takenBack.value && left() < RENEW_MS) {
    renewing ??= renew().finally(() => (renewing = null));
    // As long as the old one is good, nobody waits for the new one.
    if (left() <= 0) await renewing;
  }
  return token.value?.token ?? null;
}

onUnauthenticated.add((as, problem) => {
  if (as !== "laptop" || laptop.value === null) return;
  token.value = null;
  if (problem.code === "laptopTakenBack") takenBack.value = true;
  store();
});
