/** The digipunten, and the one that is worked at: the paired laptop's, or the one that a coordinator chose. */
import { computed, signal } from "@preact/signals";
import { credentials, request } from "../api/client.js";
import { laptop } from "./device.js";
import { keep, kept } from "./kept.js";

/** @typedef {{id: string, name: string, municipality: string, phone?: string | null, opening?: any[], state: string}} Digipunt */

/** Own digipunten; kept on the laptop. @type {import("@preact/signals").Signal<Digipunt[]>} */
export const digipunts = signal(kept("digipunts", []));
/** Whether they were ever read here: none is something else than not known yet. */
export const digipuntsRead = signal(digipunts.value.length > 0);
/** @type {import("@preact/signals").Signal<string | null>} */
export const chosenPoint = signal(kept("point", null));

/** A coordinator works here without making this machine a desk. */
export const unpairedOnPurpose = signal(kept("unpairedOnPurpose", false));

/** The digipunt that is worked at. @type {import("@preact/signals").ReadonlySignal<Digipunt | null>} */
export const point = computed(() => {
  const id = laptop.value?.digipunt ?? chosenPoint.value;
  return digipunts.value.find((each) => each.id === id) ?? (digipunts.value.length === 1 ? digipunts.value[0] ?? null : null);
});

/** @param {string} id */
export function choosePoint(id) {
  chosenPoint.value = id;
  keep("point", id);
}

/** Ask for the digipunten again; the old ones stay when nobody answers. */
export async function refreshDigipunts() {
  // A laptop that is no desk yet has nobody to ask for.
  if ((await credentials.person()) === null) return;
  const answer = await request("GET", "/visits/v1/digipunts?pageSize=200", { as: "person" });
  if (answer.status !== 200) return;
  digipunts.value = answer.data.items;
  digipuntsRead.value = true;
  keep("digipunts", answer.data.items);
}

/** Go on without pairing. */
export function workUnpaired() {
  unpairedOnPurpose.value = true;
  keep("unpairedOnPurpose", true);
}
