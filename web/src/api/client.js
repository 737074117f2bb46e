/**
 * The one place that talks to the services: a time limit, the token, the clock, and “is this an answer of ours at all?”.
 *
 * A request never throws. Its `Answer` has status 0 when nobody answered, or somebody who is not ours: a wifi's sign-in page
 * answers 200 to everything.
 */
import { language } from "../words/t.js";
import { answered, mark, underWay, unreached } from "../state/connection.js";

/**
 * @typedef {{code: string, detail: string, status: number, issues?: {name?: string, code: string, detail: string}[], [member: string]: any}} Problem
 * @typedef {{status: number, data: any, etag: string | null, problem: Problem | null, retryAfter: number | null}} Answer
 * @typedef {"laptop" | "person" | "nobody"} As
 * @typedef {{body?: unknown, text?: string, key?: string, etag?: string | null, ifNoneMatch?: string | null, as?: As, token?: string, timeout?: number,
 *   keepalive?: boolean}} Options `keepalive`: it goes on when the page is closed
 */

export const TIMEOUT_MS = 8_000;
export const BATCH_TIMEOUT_MS = 20_000;

/** Who asks: each gives its token, or null. The state of the laptop and of the person put themselves here. */
export const credentials = {
  /** @returns {Promise<string | null>} */ laptop: async () => null,
  /** @returns {Promise<string | null>} */ person: async () => null,
};

/** Called with every refused token. @type {Set<(as: As, problem: Problem) => void>} */
export const onUnauthenticated = new Set();

/** @type {Answer} */
const NO_ANSWER = { status: 0, data: null, etag: null, problem: null, retryAfter: null };

/** @param {string} method @param {string} path @param {Options} [options] @returns {Promise<Answer>} */
export async function request(method, path, options = {}) {
  const as = options.as ?? "laptop";
  const token = options.token ?? (as === "nobody" ? null : await credentials[as]());
  underWay.value += 1;
  const response = await reply(method, path, token, options);
  underWay.value -= 1;
  if (response === null) {
    unreached();
    return NO_ANSWER;
  }
  const answer = read(response.status, response.headers, response.text);
  if (answer === null) {
    unreached();
    return NO_ANSWER;
  }
  const service = path.split("/")[1] ?? "";
  answered(service, response.headers.get("date"));
  if (isAway(answer)) mark(service, true);
  if (answer.status === 401 && answer.problem !== null) for (const told of onUnauthenticated) told(as, answer.problem);
  return answer;
}

/** Do it with a signal that cuts it off in time. @template T @param {number} limit in ms @param {(signal: AbortSignal) => Promise<T>} work */
async function within(limit, work) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), limit);
  try {
    return await work(control.signal);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

/** The file under an address that needs no token: a one-time address of a paper. @param {string} path @returns {Promise<Blob | null>} */
export const file = (path) =>
  within(BATCH_TIMEOUT_MS, async (signal) => {
    const response = await fetch(path, { cache: "no-store", signal });
    return response.ok ? response.blob() : null;
  });

/** A drawing of a service, as text; null when there is none. @param {string} path @returns {Promise<string | null>} */
export async function drawing(path) {
  const token = await credentials.person();
  const headers = { Accept: "image/svg+xml", "Accept-Language": language(), Authorization: `Bearer ${token}` };
  return within(TIMEOUT_MS, async (signal) => {
    const response = await fetch(path, { headers, signal, cache: "no-store", credentials: "omit", redirect: "error" });
    return response.ok && response.headers.get("content-type")?.startsWith("image/svg+xml") ? response.text() : null;
  });
}

/** @param {string} method @param {string} path @param {string | null} token @param {Options} options */
function reply(method, path, token, options) {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json", "Accept-Language": language() };
  if (token !== null) headers["Authorization"] = `Bearer ${token}`;
  if (options.key) headers["Idempotency-Key"] = options.key;
  if (options.etag) headers["If-Match"] = options.etag;
  if (options.ifNoneMatch) headers["If-None-Match"] = options.ifNoneMatch;
  const body = options.text ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  if (body !== undefined) headers["Content-Type"] = "application/json";
  return within(options.timeout ?? TIMEOUT_MS, async (signal) => {
    const response = await fetch(path, { method, headers, body, signal, cache: "no-store", credentials: "omit", redirect: "error", keepalive: options.keepalive });
    return { status: response.status, headers: response.headers, text: await response.text() };
  });
}

/** What was answered; null when it is not ours. @param {number} status @param {Headers} headers @param {string} text @returns {Answer | null} */
function read(status, headers, text) {
  const etag = headers.get("etag");
  const retryAfter = Number(headers.get("retry-after")) || null;
  if (status === 204 || status === 304) return { status, data: null, etag, problem: null, retryAfter };
  if (!/^application\/(problem\+)?json\b/.test(headers.get("content-type") ?? "")) return null;
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof data !== "object" || data === null) return null;
  // A health that is DOWN is told under 503, and is an answer all the same.
  if (status < 400 || typeof data.status === "string") return { status, data, etag, problem: null, retryAfter };
  if (typeof data.code !== "string") return null;
  return { status, data: null, etag, problem: { ...data, status }, retryAfter };
}

/** The edge says so for a service that is left out; in one process nobody knows its addresses. @param {Answer} answer */
function isAway({ problem }) {
  return problem !== null && (problem.code === "serviceAway" || problem.code === "addressUnknown");
}
