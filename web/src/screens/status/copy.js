/** An emergency copy: all that waits on this laptop, in a file that a coordinator can keep and read. */
import { now } from "../../state/connection.js";
import { isoDay } from "../../words/t.js";

/** @typedef {import("../../outbox/rules.js").Item} Item */

/** What is in the file. Pure. @param {Item[]} items @param {{id: string, name: string} | null} laptop @param {string} version @param {string} madeAt */
export const copyOf = (items, laptop, version, madeAt) => ({
  format: "digipunt-outbox-1",
  madeAt,
  version,
  laptop: laptop === null ? null : { id: laptop.id, name: laptop.name },
  items: items.map(({ body, seq: _, holdUntil: __, ...item }) => ({ ...item, body: JSON.parse(body) })),
});

/** Hand a file to the browser to keep. @param {string} name @param {unknown} content */
export function download(name, content) {
  const address = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: "application/json" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export const fileName = () => `digipunt-${isoDay(now())}.json`;
