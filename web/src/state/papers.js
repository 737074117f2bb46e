/** Papers: a PDF opens in a tab of its own, by an address that works once, so that nothing of it stays on this laptop. */
import { request } from "../api/client.js";
import { beforeLeave } from "./helper.js";

/** Tabs with a paper in them: it names somebody, so they close with the session. @type {Set<Window>} */
const tabs = new Set();

/** A tab for a paper, opened by the tap itself: what comes later, browsers take for an advertisement. Null where none may open. */
export function paperTab() {
  const tab = window.open("", "_blank");
  if (tab !== null) tabs.add(tab);
  return tab;
}

beforeLeave.add(() => {
  for (const tab of tabs) tab.close();
  tabs.clear();
});

/**
 * Open a document. @param {string} path its address, without its query @param {Record<string, string>} [query]
 * @returns {Promise<import("../api/client.js").Answer>} 201 when it opens
 */
export async function openPaper(path, query = {}) {
  const tab = paperTab();
  const answer = await request("POST", `${path}/ticket?${new URLSearchParams(query)}`, { as: "person" });
  if (answer.status !== 201) tab?.close();
  else if (tab === null) location.assign(answer.data.href);
  else {
    tab.opener = null;
    tab.location.replace(answer.data.href);
  }
  return answer;
}
