/**
 * Sign in with an account of one's own: authorisation code with PKCE (RFC 7636). Loaded only where there is an issuer. The issuer
 * always asks who it is, because a laptop of a digipunt is shared. What the first load has already is handed over: to import it
 * here would cut that load into more files.
 */
import { doorsOf, exchange } from "../api/issuer.js";

const ASKED = "signingIn";
const BYTES = 32;

/** @param {Uint8Array} bytes */
const base64url = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const random = () => base64url(crypto.getRandomValues(new Uint8Array(BYTES)));
const home = () => `${location.origin}/`;

/** Go to the issuer; false when it cannot be reached. @param {import("../api/issuer.js").Provider} provider @param {(name: string, value: unknown) => void} keepInTab */
export async function leaveForIssuer(provider, keepInTab) {
  const doors = await doorsOf(provider.issuer);
  // Without TLS, other than on the machine itself, browsers have nothing to prove with who asked.
  if (doors === null || !crypto.subtle) return false;
  const [verifier, state] = [random(), random()];
  const challenge = base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
  keepInTab(ASKED, { verifier, state, provider, back: location.pathname });
  const to = new URL(doors.authorization_endpoint);
  const fields = {
    response_type: "code",
    client_id: provider.client,
    redirect_uri: home(),
    scope: provider.scope,
    state,
    code_challenge: challenge,
    code_challenge_method: "S256",
    prompt: "login",
    ...(provider.resource && { resource: provider.resource }),
  };
  for (const [name, value] of Object.entries(fields)) to.searchParams.set(name, value);
  location.assign(to.href);
  return true;
}

/**
 * @typedef {object} FirstLoad
 * @property {typeof import("../api/client.js").request} request
 * @property {typeof import("./helper.js").enter} enter
 * @property {typeof import("./kept.js").keepInTab} keepInTab
 * @property {typeof import("./kept.js").ofTab} ofTab
 */

/** Come back from the issuer with a code, which leaves the address at once; what is wrong, or "". @param {FirstLoad} first @returns {Promise<"" | "account" | "noRights">} */
export async function comeBack({ request, enter, keepInTab, ofTab }) {
  const told = new URLSearchParams(location.search);
  const asked = ofTab(ASKED);
  keepInTab(ASKED, null);
  history.replaceState(null, "", asked?.back ?? "/");
  const code = told.get("code");
  // Only what this tab asked for, from the issuer that it asked (RFC 9207).
  if (asked === null || code === null || told.get("state") !== asked.state) return "account";
  if ((told.get("iss") ?? asked.provider.issuer) !== asked.provider.issuer) return "account";
  const doors = await doorsOf(asked.provider.issuer);
  const given =
    doors &&
    (await exchange(doors.token_endpoint, {
      grant_type: "authorization_code",
      code,
      client_id: asked.provider.client,
      redirect_uri: home(),
      code_verifier: asked.verifier,
      ...(asked.provider.resource && { resource: asked.provider.resource }),
    }));
  if (!given) return "account";
  const me = await request("GET", "/desk/v1/me", { as: "nobody", token: given.access_token });
  if (me.status === 403) return "noRights";
  if (me.status !== 200) return "account";
  const { roles, municipalities, expiresAt } = me.data;
  if (!roles.includes("coordinator") && !roles.includes("policy")) return "noRights";
  enter({ token: given.access_token, expiresAt, roles, municipalities });
  return "";
}
