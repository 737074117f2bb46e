/** What is kept of a borrower, in each service: handed over as one file, or erased. A service that is away is named, and never left out. */
import { request } from "../../api/client.js";

/** @typedef {import("../../api/client.js").Answer} Answer */
/** @typedef {{at: string, kind: string, count: number}} Step */
/** @typedef {{service: string, steps: Step[] | null}} Part what a service did; null until it has said so */

/** Where something of a borrower is: lending owns them, and messages follow. */
const KEEPERS = ["loans", "notifications"];

/** @param {string} service @param {string} id */
const path = (service, id) => `/${service}/v1/persons/${id}`;

/** Everything, as one text to give. @param {string} id @returns {Promise<{text: string} | {refused: Answer}>} */
export async function everythingOf(id) {
  /** @type {Record<string, any>} */
  const services = {};
  for (const service of KEEPERS) {
    const answer = await request("POST", `${path(service, id)}/export`, { body: { reason: "asked" }, as: "person" });
    if (answer.status === 200) services[service] = answer.data.kept;
    else if (answer.status !== 404) return { refused: answer };
  }
  return { text: JSON.stringify({ person: id, made: new Date().toISOString(), services }, null, 2) };
}

/** Erase; what each service did, and who has still to say so. @param {string} id @returns {Promise<{parts: Part[]} | {refused: Answer}>} */
export async function erase(id) {
  const answer = await request("POST", `${path("loans", id)}/erase`, { body: { reason: "asked" }, as: "person" });
  if (answer.status !== 200) return { refused: answer };
  const { steps, waitsFor } = answer.data;
  return { parts: [{ service: "loans", steps }, ...waitsFor.map((/** @type {string} */ service) => ({ service, steps: null }))] };
}

/** Ask those who have not said so yet. @param {string} id @param {Part[]} parts @returns {Promise<Part[]>} */
export const heard = (id, parts) =>
  Promise.all(
    parts.map(async (part) => {
      if (part.steps !== null) return part;
      const answer = await request("GET", `${path(part.service, id)}/erasure`, { as: "person" });
      return answer.status === 200 ? { ...part, steps: answer.data.steps } : part;
    }),
  );
