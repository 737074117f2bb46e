/** In which order people are called, and by whom. Pure. */

/**
 * @typedef {{id: string, version: number, state: string, kind: string, changedAt: string, [name: string]: any}} Message
 * @typedef {{messages: Message[], person?: {name: string, via?: string, phone?: string, language: string}, script: string, attempts: number,
 *   claim?: {id: string, claimedBy: string, until: string}}} Line
 */

/** What tells a line from another: its messages. @param {Line} line */
export const keyOf = (line) => line.messages.map(({ id }) => id).sort().join(" ");

/**
 * The lines in three: to call now, in order; tried already today; and those that somebody else calls just now.
 * @param {Line[]} lines
 * @param {{isMine: (claimedBy: string) => boolean, isDone: (message: Message) => boolean, isToday: (moment: string) => boolean, last: string[],
 *   now: number}} known `last`: the lines that were put off, in that order
 */
export function queue(lines, { isMine, isDone, isToday, last, now }) {
  const open = lines.filter((line) => !line.messages.some(isDone));
  const claimed = (/** @type {Line} */ { claim }) => claim !== undefined && Date.parse(claim.until) > now && !isMine(claim.claimedBy);
  const free = open.filter((line) => !claimed(line));
  const tried = (/** @type {Line} */ line) => line.messages.every(({ state, changedAt }) => state === "noAnswer" && isToday(changedAt));
  const place = (/** @type {Line} */ line) => last.indexOf(keyOf(line));
  return {
    toCall: free.filter((line) => !tried(line)).sort((one, other) => place(one) - place(other)),
    tried: free.filter(tried),
    others: open.filter(claimed),
  };
}
