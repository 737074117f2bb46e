/** What somebody was doing when the screen closed, a form each. Never sent, and never with free text in it. */
import { within } from "./store.js";

/** @param {string} name @returns {Promise<any>} undefined when there is none */
export const draft = (name) => within((db) => db.get("drafts", name)).catch(() => undefined);

/** @param {string} name @param {unknown} value */
export const keepDraft = (name, value) => within((db) => db.put("drafts", value, name)).catch(() => undefined);

/** @param {string} name */
export const dropDraft = (name) => within((db) => db.delete("drafts", name)).catch(() => undefined);
