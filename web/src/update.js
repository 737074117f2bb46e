/**
 * The life of the service worker. A new version waits until nobody is in the middle of something; nobody is asked to reload in
 * mid-form. At a first installation nothing is reloaded.
 */
import { effect, signal } from "@preact/signals";
import { underWay } from "./state/connection.js";

const EACH_MS = 3_600_000;

/** A new version is installed and waits. */
export const updateReady = signal(false);
/** The app works without internet from now on. */
export const offlineReady = signal(false);

/** Whether the screen is one that may be loaded again under somebody's hands: an empty new visit, or the names. */
export const atRest = signal(true);

/** What is under way now: a form with something in it, a request that may not be cut off. @type {import("@preact/signals").Signal<ReadonlySet<string>>} */
export const busyWith = signal(new Set());

/** Say that something is under way, or over. @param {string} what @param {boolean} isBusy */
export function busy(what, isBusy) {
  if (busyWith.value.has(what) === isBusy) return;
  const all = new Set(busyWith.value);
  if (isBusy) all.add(what);
  else all.delete(what);
  busyWith.value = all;
}

/** @type {ServiceWorkerRegistration | undefined} */
let registration;
let taking = false;

/** Register after the first paint, and look for new versions from then on. */
export async function watchForUpdates() {
  if (!("serviceWorker" in navigator)) return;
  const first = navigator.serviceWorker.controller === null;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (taking) location.reload();
  });
  try {
    registration = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  } catch {
    return;
  }
  void navigator.serviceWorker.ready.then(() => (offlineReady.value = true));
  registration.addEventListener("updatefound", () => {
    registration?.installing?.addEventListener("statechange", () => look(first));
  });
  look(first);
  // Each window holds this lock in shared mode; how many do is how many windows are open.
  void navigator.locks.request("windows", { mode: "shared" }, () => new Promise(() => {}));
  addEventListener("focus", () => look(false));
  setInterval(() => {
    if (document.visibilityState === "visible") void registration?.update().catch(() => undefined);
  }, EACH_MS);
  effect(() => {
    if (nobodyMinds()) void takeWhenAlone();
  });
}

/** Look at what waits, and not only at events: one may have come before we listened. @param {boolean} first */
function look(first) {
  if (first && navigator.serviceWorker.controller === null) return;
  updateReady.value = Boolean(registration?.waiting);
}

/** Nothing would be cut off; a browser would also keep the new version waiting for as long as a request is under way. */
const nobodyMinds = () => updateReady.value && atRest.value && busyWith.value.size === 0 && underWay.value === 0;

async function takeWhenAlone() {
  const { held = [] } = await navigator.locks.query();
  if (nobodyMinds() && held.filter(({ name }) => name === "windows").length <= 1) take();
}

/** Take the new version now. */
export function take() {
  if (!registration?.waiting || taking) return;
  taking = true;
  registration.waiting.postMessage({ type: "SKIP_WAITING" });
}
