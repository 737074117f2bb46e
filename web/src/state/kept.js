/** Small things that this laptop keeps between starts, in `localStorage`. What may not be lost is in the outbox. */

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
