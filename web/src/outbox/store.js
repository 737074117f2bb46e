/**
 * The database of this laptop: what was recorded and no service has accepted yet, and for two days what was sent.
 *
 * Promise: when `put` has ended, the item is on the disk (`durability: "strict"`), so that a power cut does not take it.
 */
import { openDB } from "idb";
import * as rules from "./rules.js";

/** @typedef {import("./rules.js").Item} Item */
/** @typedef {import("idb").IDBPDatabase<any>} Database */

const NAME = "digipunt";
const VERSION = 1;
const KEPT_SENT_MS = 2 * 24 * 3_600_000;
const STRICT = /** @type {const} */ ({ durability: "strict" });

/** @type {Promise<Database> | null} */
let opened = null;

/** Told when a newer version of the app needs the database to itself. @type {{outdated: () => void}} */
export const told = { outdated: () => {} };

/** The open database; opened again when the browser closed it. @returns {Promise<Database>} */
export function database() {
  opened ??= openDB(NAME, VERSION, {
    upgrade(db) {
      db.createObjectStore("outbox", { keyPath: "seq", autoIncrement: true }).createIndex("id", "id");
      db.createObjectStore("sent", { keyPath: "seq" });
      db.createObjectStore("drafts");
    },
    blocking(_current, _blocked, event) {
      /** @type {IDBDatabase} */ (event.target).close();
      opened = null;
      told.outdated();
    },
    terminated() {
      opened = null;
    },
  });
  opened.catch(() => (opened = null));
  return opened;
}

/** Do it, and once more on a fresh connection when ours was closed under us. @template T @param {(db: Database) => Promise<T>} work */
export async function within(work) {
  try {
    return await work(await database());
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== "InvalidStateError") throw error;
    opened = null;
    return work(await database());
  }
}

/** Whether this laptop has a database already; asking by opening would make one. */
export async function exists() {
  if (!indexedDB.databases) return true;
  return (await indexedDB.databases()).some(({ name }) => name === NAME);
}

/** Store a new item, or one whose text or state changed. @param {Item} item @returns {Promise<number>} its `seq` */
export const put = (item) =>
  within(async (db) => {
    const transaction = db.transaction("outbox", "readwrite", STRICT);
    const [seq] = await Promise.all([transaction.store.put(item), transaction.done]);
    return Number(seq);
  });

/** Change items in one transaction, each as it is stored now; what is gone by then stays gone. @param {number[]} seqs @param {(item: Item) => Item} change */
export const change = (seqs, change) =>
  within(async (db) => {
    const transaction = db.transaction("outbox", "readwrite", STRICT);
    /** @type {Item[]} */
    const changed = [];
    for (const seq of seqs) {
      const item = await transaction.store.get(seq);
      if (item === undefined) continue;
      const next = change(item);
      changed.push(next);
      await transaction.store.put(next);
    }
    await transaction.done;
    return changed;
  });

/** Take an item out because a person says so. @param {number} seq */
export const remove = (seq) => within((db) => db.transaction("outbox", "readwrite", STRICT).store.delete(seq));

/** Replace the text of an item that was never tried; false when it was tried meanwhile. @param {number} seq @param {Partial<Item>} fields */
export const replaceUntried = (seq, fields) => ifUntried(seq, (store, item) => store.put({ ...item, ...fields }));

/** Take out an item that was never tried; false when it was tried meanwhile. @param {number} seq */
export const removeUntried = (seq) => ifUntried(seq, (store) => store.delete(seq));

/** @param {number} seq @param {(store: any, item: Item) => Promise<unknown>} work */
const ifUntried = (seq, work) =>
  within(async (db) => {
    const transaction = db.transaction("outbox", "readwrite", STRICT);
    const item = await transaction.store.get(seq);
    const untried = item !== undefined && item.attempts === 0;
    if (untried) await work(transaction.store, item);
    await transaction.done;
    return untried;
  });

/** Accepted by the service: these, and no others, go from the outbox to what was sent. @param {Item[]} items @param {number} now */
export const acknowledge = (items, now) =>
  within(async (db) => {
    const transaction = db.transaction(["outbox", "sent"], "readwrite", STRICT);
    for (const item of items) {
      await transaction.objectStore("outbox").delete(/** @type {number} */ (item.seq));
      await transaction.objectStore("sent").put({ ...item, body: rules.withoutText(item.body), sentAt: now });
    }
    await transaction.done;
  });

/** @returns {Promise<Item[]>} in order */
export const all = () => within((db) => db.getAll("outbox"));

/** @returns {Promise<(Item & {sentAt: number})[]>} */
export const sent = () => within((db) => db.getAll("sent"));

/** Forget what was sent more than two days ago. @param {number} now */
export const forgetOld = (now) =>
  within(async (db) => {
    const transaction = db.transaction("sent", "readwrite");
    for (const item of await transaction.store.getAll()) {
      if (item.sentAt < now - KEPT_SENT_MS) await transaction.store.delete(item.seq);
    }
    await transaction.done;
  });
