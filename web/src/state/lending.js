/**
 * The devices of this place and the lending desk's day. The laptop keeps both without a person in them, so that “is terug”,
 * “nakijken” and “gewist” work by label without internet. What waits to be sent is shown as if it had arrived, and no answer of
 * the service takes its place.
 */
import { computed, effect, signal } from "@preact/signals";
import { request } from "../api/client.js";
import { bare, withPending } from "../checks/devices.js";
import { bareDay } from "../checks/lending_day.js";
import { outbox, takeBack } from "../outbox/items.js";
import { level } from "./helper.js";
import { keep, kept } from "./kept.js";
import { point } from "./point.js";
import { now } from "./connection.js";

/**
 * @typedef {import("../checks/devices.js").Device} Device
 * @typedef {import("../checks/lending_day.js").Day} Day
 * @typedef {import("../outbox/rules.js").Item} Item
 */

const PAGE = 500;

/** As the service told them last. @type {import("@preact/signals").Signal<Device[]>} */
const told = signal(kept("devices", []));
/** @type {import("@preact/signals").Signal<{digipunt: string, at: number, day: Day} | null>} */
const toldDay = signal(kept("lendingDay", null));

/** The devices of own municipalities, as they are once what waits here has arrived. */
export const devices = computed(() => withPending(told.value, outbox.value));

/** @param {string} id */
export const deviceOf = (id) => devices.value.find((each) => each.id === id) ?? null;

/** What a loan has now. @param {string} loan */
export const devicesOf = (loan) => devices.value.filter((each) => each.loan === loan);

/** The day of this digipunt, and when it was told; null before the first answer. */
export const lendingDay = computed(() => (toldDay.value !== null && toldDay.value.digipunt === point.value?.id ? toldDay.value : null));

/** What was taken back by hand: it did not happen. @type {WeakSet<Item>} */
const undone = new WeakSet();

/** Take back what was recorded here a moment ago. @param {Item} item @returns {Promise<boolean>} false when it may have been sent */
export async function undo(item) {
  for (const each of outbox.value) if (each.seq === item.seq) undone.add(each);
  return takeBack(item);
}

/** @type {Item[]} */
let before = [];
effect(() => {
  const items = outbox.value;
  const gone = before.filter((item) => item.state === "waiting" && !undone.has(item) && !items.some(({ seq }) => seq === item.seq));
  before = items;
  // Between “sent” and the next answer the list would show the old state again.
  if (gone.some(({ service }) => service === "loans")) told.value = withPending(told.peek(), gone).map((device) => ({ ...device, behind: null }));
});

/** @type {{path: string, etag: string | null}} */
let tag = { path: "", etag: null };

/** Ask for the devices again; the old list stays when nobody answers or nothing changed. */
export async function refreshDevices() {
  const path = `/loans/v1/devices?pageSize=${PAGE}`;
  const first = await request("GET", path, { as: "person", ifNoneMatch: tag.path === path && told.value.length > 0 ? tag.etag : null });
  if (first.status !== 200) return first;
  const found = first.data.items.map(bare);
  for (let page = 2; found.length < first.data.total; page += 1) {
    const next = await request("GET", `${path}&page=${page}`, { as: "person" });
    if (next.status !== 200 || next.data.items.length === 0) return next;
    found.push(...next.data.items.map(bare));
  }
  // A list of several pages has no tag of its own.
  tag = { path, etag: found.length <= PAGE ? first.etag : null };
  told.value = found;
  keep("devices", found);
  return first;
}

/** @type {{path: string, etag: string | null}} */
let dayTag = { path: "", etag: null };

/** Ask for the day again, with who borrows for those who may see them. @returns {Promise<import("../api/client.js").Answer | null>} */
export async function refreshDay() {
  const digipunt = point.value?.id;
  if (!digipunt) return null;
  const path = `/loans/v1/today?digipunt=${digipunt}${level.value > 0 ? "&embed=borrower" : ""}`;
  const answer = await request("GET", path, { as: "person", ifNoneMatch: dayTag.path === path ? dayTag.etag : null });
  if (answer.status === 304 && toldDay.value !== null) toldDay.value = { ...toldDay.value, at: now() };
  // Who signed out while this was under way sees nobody any more.
  if (answer.status !== 200 || (path.includes("&embed") && level.value === 0)) return answer;
  dayTag = { path, etag: answer.etag };
  const day = { embedded: {}, ...answer.data };
  toldDay.value = { digipunt, at: now(), day };
  keep("lendingDay", { digipunt, at: now(), day: bareDay(day) });
  return answer;
}

/** Ask for all of it again. */
export const refreshLending = async () => {
  const [day, list] = await Promise.all([refreshDay(), refreshDevices()]);
  return day ?? list;
};

// Who no longer may see persons keeps none of them in sight.
let was = level.peek();
effect(() => {
  const [may, could] = [level.value, was];
  was = may;
  if (may < could && may === 0 && toldDay.peek() !== null) {
    const held = /** @type {{digipunt: string, at: number, day: Day}} */ (toldDay.peek());
    toldDay.value = { ...held, day: bareDay(held.day) };
    dayTag = { path: "", etag: null };
  }
});

