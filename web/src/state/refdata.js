/** The lists of codes with their labels, asked for with their tag and kept on the laptop. */
import { signal } from "@preact/signals";
import { request } from "../api/client.js";
import { language } from "../words/t.js";
import { keep, kept } from "./kept.js";

/** @typedef {{code: string, labels: Record<string, string>, retired?: boolean}} Code */

/** @type {import("@preact/signals").Signal<{etag: string | null, lists: Record<string, Code[]>}>} */
const refData = signal(kept("refData", { etag: null, lists: {} }));

/** The codes of a list that are offered, in their order. @param {string} list */
export const codes = (list) => (refData.value.lists[list] ?? []).filter(({ retired }) => !retired);

/** What a person reads for a code; the code itself when it is newer than this laptop's lists. @param {string} list @param {string} code */
export const label = (list, code) =>
  refData.value.lists[list]?.find((each) => each.code === code)?.labels[language()] ?? code;

/** Ask again; the old lists stay when nobody answers or nothing changed. */
export async function refreshRefData() {
  const answer = await request("GET", "/visits/v1/refData", { as: "nobody", ifNoneMatch: refData.value.etag });
  if (answer.status !== 200) return;
  const lists = Object.fromEntries(answer.data.items.map((/** @type {any} */ list) => [list.name, list.items]));
  refData.value = { etag: answer.etag, lists };
  keep("refData", refData.value);
}
