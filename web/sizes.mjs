/** What the desk weighs, compressed as it travels: what comes at first, what comes when it is needed, and whether it is too much. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** The most that a browser fetches before the desk can be used, in bytes after gzip. */
export const BUDGET = 60 * 1024;

/**
 * A table of sizes, and a sentence when the first load is over budget.
 * @param {string} folder @param {string[]} first what is fetched at once @param {string[]} all
 * @returns {{text: string, over: string, firstBytes: number, laterBytes: number}}
 */
export function table(folder, first, all) {
  const size = (name) => gzipSync(readFileSync(join(folder, name)), { level: 9 }).length;
  const rows = (names) => names.map((name) => [name, size(name)]).sort(([, one], [, other]) => other - one);
  const sum = (found) => found.reduce((total, [, bytes]) => total + bytes, 0);
  const line = ([name, bytes]) => `${(bytes / 1024).toFixed(1).padStart(7)}  ${name}`;
  const now = rows(first);
  const later = rows(all.filter((name) => !first.includes(name)));
  const [firstBytes, laterBytes] = [sum(now), sum(later)];
  const text = [
    "KB gzip  first load",
    ...now.map(line),
    line(["together", firstBytes]),
    "KB gzip  later, or by the worker",
    ...later.map(line),
    line(["together", laterBytes]),
  ].join("\n");
  const over =
    firstBytes > BUDGET
      ? `The first load is ${(firstBytes / 1024).toFixed(1)} KB gzip; it may be ${BUDGET / 1024}. Load a screen or a library later.`
      : "";
  return { text, over, firstBytes, laterBytes };
}
