/** A certified OpenID Connect provider for a test: `node issuer.mjs PORT ADDRESS_OF_THE_DESK KEYS.json`. Whoever signs in is who they say. */
import { readFileSync } from "node:fs";
import { Provider } from "oidc-provider";

const [port, desk, keys] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const RIGHTS = {
  coordinator: { realm_access: { roles: ["digipunt-coordinator", "offline_access"] }, nis: ["24107"] },
  policy: { realm_access: { roles: ["digipunt-policy"] }, nis: ["24107"] },
  nobody: { realm_access: { roles: ["offline_access"] }, nis: ["24107"] },
};

const provider = new Provider(issuer, {
  jwks: JSON.parse(readFileSync(keys, "utf8")),
  clients: [
    { client_id: "desk", redirect_uris: [`${desk}/`], token_endpoint_auth_method: "none", grant_types: ["authorization_code"], response_types: ["code"] },
  ],
  clientBasedCORS: () => true,
  cookies: { keys: ["of a test"] },
  features: {
    devInteractions: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: () => ({ scope: "", audience: "digipunt", accessTokenTTL: 600, accessTokenFormat: "jwt", jwt: { sign: { alg: "RS256" } } }),
    },
  },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  extraTokenClaims: (_, token) => RIGHTS[token.accountId],
  async loadExistingGrant(context) {
    const grant = new context.oidc.provider.Grant({ clientId: context.oidc.client.clientId, accountId: context.oidc.session.accountId });
    grant.addOIDCScope("openid");
    await grant.save();
    return grant;
  },
});
provider.on("server_error", (_, error) => console.error(error));
provider.listen(Number(port), "127.0.0.1");
