/**
 * Talks to the OpenID Connect issuer at which people sign in, where there is one: where its doors are, and a code for a token. No
 * token of ours goes there. Nothing throws: what did not answer rightly is null.
 */

const TIMEOUT_MS = 10_000;

/** @typedef {{issuer: string, client: string, scope: string, resource: string | null}} Provider as `/desk/v1/about` tells it */
/** @typedef {{authorization_endpoint: string, token_endpoint: string}} Doors */

/** @param {string} address @param {RequestInit} [how] @returns {Promise<any>} */
async function ask(address, how = {}) {
  try {
    const signal = AbortSignal.timeout?.(TIMEOUT_MS) ?? null;
    const response = await fetch(address, { ...how, signal, cache: "no-store", credentials: "omit", redirect: "error" });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/** @param {string} issuer @returns {Promise<Doors | null>} */
export async function doorsOf(issuer) {
  const told = await ask(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`);
  return told?.issuer === issuer && told.authorization_endpoint && told.token_endpoint ? told : null;
}

/** @param {string} door @param {Record<string, string>} fields @returns {Promise<{access_token: string} | null>} */
export async function exchange(door, fields) {
  const told = await ask(door, { method: "POST", body: new URLSearchParams(fields) });
  return typeof told?.access_token === "string" ? told : null;
}
