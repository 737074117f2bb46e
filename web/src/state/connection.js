/**
 * Whether our services answer, and what time it is: both from real answers, never from what the browser believes.
 *
 * Every answer has a `Date`; the difference to this laptop's clock is added to the times that it records.
 */
import { computed, signal } from "@preact/signals";

/** Below this the difference may be the way of the answer, and is left alone. */
const NOISE_MS = 30_000;
/** From here on the clock is said to be wrong. */
export const WRONG_MS = 5 * 60_000;

/** @type {import("@preact/signals").Signal<{reached: boolean | null, at: number | null}>} */
export const connection = signal({ reached: null, at: null });

/** How many requests have no answer yet. */
export const underWay = signal(0);

/** What to add to this laptop's clock, in ms; null before the first answer. @type {import("@preact/signals").Signal<number | null>} */
export const clockOffset = signal(null);

const DAY_MS = 24 * 3_600_000;

/**
 * This laptop's clock stands before the day the app was made, so no time it gives means anything. A clock that is a little behind
 * at the very hour of a new version is not meant.
 */
export const clockIsOld = () => Date.now() < Date.parse(__BUILT_AT__) - DAY_MS;

/** The services that do not answer while others do: left out here, or away. @type {import("@preact/signals").Signal<ReadonlySet<string>>} */
export const away = signal(new Set());

export const online = computed(() => connection.value.reached === true);

/** What time it is, by the clock of the services where that is known. */
export const now = () => Date.now() + (clockOffset.value ?? 0);

/** Note an answer of ours. @param {string} service @param {string | null} dated its `Date` */
export function answered(service, dated) {
  connection.value = { reached: true, at: Date.now() };
  const theirs = Date.parse(dated ?? "");
  if (!Number.isNaN(theirs)) {
    const offset = theirs - Date.now();
    clockOffset.value = Math.abs(offset) < NOISE_MS ? 0 : offset;
  }
  mark(service, false);
}

/** Nobody answered at all. */
export function unreached() {
  connection.value = { ...connection.value, reached: false };
}

/** Another answered in its place: this one is not there. @param {string} service @param {boolean} isAway */
export function mark(service, isAway) {
  if (away.value.has(service) === isAway) return;
  const services = new Set(away.value);
  if (isAway) services.add(service);
  else services.delete(service);
  away.value = services;
}
