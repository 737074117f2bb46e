/** Papers: a PDF opens in a tab of its own, by an address that works once, so that nothing of it stays on this laptop. */
import { request } from "../api/client.js";

/**
 * Open a document. @param {string} path its address, without its query @param {Record<string, string>} [query]
 * @returns {Promise<import("../api/client.js").Answer>} 201 when it opens
 */
export async function openPaper(path, query = {}) {
  // At once, as long as the browser takes it for the tap's own window.
  const tab = window.open("", "_blank");
  const answer = await request("POST", `${path}/ticket?${new URLSearchParams(query)}`, { as: "person" });
  if (answer.status !== 201) tab?.close();
  else if (tab === null) location.assign(answer.data.href);
  else {
    tab.opener = null;
    tab.location.replace(answer.data.href);
  }
  return answer;
}
