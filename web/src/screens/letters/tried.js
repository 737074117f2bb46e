/** What was tried to reach somebody, and what can be done about it now. Pure. */

/**
 * @typedef {{id: string, version: number, state: string, channel?: string, reason?: string, kind: string}} Message
 * @typedef {{at: string, state: string, channel?: string, reason?: string}} Step
 */

const WITHOUT_SUCCESS = ["bounced", "noAnswer", "returnedMail", "failed"];

/**
 * Each way that was tried with how it ended; calls without an answer count as one.
 * @param {Step[]} history @returns {{channel: string | null, reason: string}[]}
 */
export function tried(history) {
  /** @type {Map<string, {channel: string | null, reason: string}>} */
  const ways = new Map();
  for (const { state, channel = null, reason } of history) {
    if (!WITHOUT_SUCCESS.includes(state) || !reason) continue;
    ways.set(`${channel} ${reason}`, { channel, reason });
  }
  return [...ways.values()];
}

/** Which result closes a message; null when it waits for something else than staff. @param {Message} message @returns {"settled" | "told" | null} */
export function closing({ state, channel }) {
  if (state === "failed") return "settled";
  return state === "planned" && channel === "inPerson" ? "told" : null;
}

/** Whether it may have arrived all the same. @param {Message[]} messages */
export const perhapsArrived = (messages) => messages.some(({ state, reason }) => state === "failed" && reason === "unknown");

/** Whether it is for a contact of this service, or else a borrower. @param {Message[]} messages */
export const isContact = (messages) => messages.some(({ kind }) => /^(session|waitlist|followUp)/.test(kind));
