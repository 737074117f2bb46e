/** How this laptop is, each thing in a sentence. */
import { waiting, parked, storage } from "../../outbox/items.js";
import { clockIsOld, clockOffset, connection, WRONG_MS } from "../../state/connection.js";
import { offlineReady, updateReady } from "../../update.js";
import { date, t, time, tn } from "../../words/t.js";

/** @typedef {{persisted: boolean, freeBytes: number | null}} Room */

/** Below this the laptop is said to be almost full. */
const LITTLE_BYTES = 50 * 1024 * 1024;

export function internet() {
  const { reached, at } = connection.value;
  if (reached === true) return t("status.internetYes", { time: time(at ?? Date.now()) });
  return at === null ? t("status.internetNever") : t("status.internetNo", { time: time(at) });
}

export function waits() {
  const parts = [
    waiting.value.length > 0 && tn("status.waits", waiting.value.length),
    parked.value.length > 0 && tn("status.parked", parked.value.length),
  ];
  return parts.filter(Boolean).join(" ") || t("status.waitsNothing");
}

/** What the browser says of its room; nothing where it says nothing. @returns {Promise<Room>} */
export async function room() {
  const persisted = (await navigator.storage?.persisted?.().catch(() => false)) ?? false;
  const estimate = await navigator.storage?.estimate?.().catch(() => undefined);
  const { quota, usage } = estimate ?? {};
  return { persisted, freeBytes: quota === undefined || usage === undefined ? null : quota - usage };
}

/** @param {Room | null} found */
export function stored(found) {
  if (storage.value === "none") return t("status.storageNone");
  if (found === null) return t("common.wait");
  const size = t(found.freeBytes !== null && found.freeBytes < LITTLE_BYTES ? "status.storageLittle" : "status.storageEnough");
  return `${size} ${t(found.persisted ? "status.storageKept" : "status.storageNotKept")}`;
}

export function clock() {
  if (clockIsOld()) return t("status.clockOld");
  if (clockOffset.value === null) return t("status.clockUnknown");
  const minutes = Math.round(clockOffset.value / 60_000);
  if (Math.abs(clockOffset.value) < WRONG_MS) return t("status.clockRight");
  return t(minutes > 0 ? "line.clockBehind" : "line.clockAhead", { n: Math.abs(minutes) });
}

export const version = () => t(updateReady.value ? "status.versionNew" : "status.version", { date: date(__BUILT_AT__), version: __VERSION__ });

export const offline = () => t(offlineReady.value ? "status.offlineReady" : "status.offlineNotYet");
