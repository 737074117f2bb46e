/**
 * Small things that this laptop keeps between starts, in `localStorage`, and this tab over a reload, in `sessionStorage`. What may
 * not be lost is in the outbox.
 */

const PREFIX = "digipunt.";

/** @template T @param {string} name @param {T} otherwise @returns {T} */
export function kept(name, otherwise) {
  try {
    const text = localStorage.getItem(PREFIX + name);
    return text === null ? otherwise : JSON.parse(text);
  } catch {
    return otherwise;
  }
}

/** Keep a value; a browser that has no room or keeps nothing makes no difference here. @param {string} name @param {unknown} value */
export function keep(name, value) {
  try {
    if (value === null || value === undefined) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // Full or switched off: it is asked again at the next start.
  }
}

/** What this tab keeps over a reload. @param {string} name @returns {any} */
export function ofTab(name) {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + name) ?? "null");
  } catch {
    return null;
  }
}

/** @param {string} name @param {unknown} value null: no longer */
export function keepInTab(name, value) {
  try {
    if (value === null) sessionStorage.removeItem(PREFIX + name);
    else sessionStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // Without a store, or room in it, it ends with the page.
  }
}
