/** Coming back from an issuer of accounts: only what this tab asked for, from the issuer that it asked. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { comeBack } from "../src/state/account.js";

const ASKED = { verifier: "v", state: "right", provider: { issuer: "https://sso.example.be", client: "desk", scope: "openid", resource: null }, back: "/meer" };

/** What comes of an address; which addresses were asked, and who came in. */
async function back(search, asked = ASKED) {
  const seen = { asked: [], entered: null, address: null, kept: "untouched" };
  Object.assign(globalThis, {
    location: { search, origin: "https://desk.example.be" },
    history: { replaceState: (_state, _title, address) => (seen.address = address) },
    fetch: async (address, how) => {
      seen.asked.push(address);
      const told = address.endsWith("/token")
        ? { access_token: String(how.body) }
        : { issuer: "https://sso.example.be", authorization_endpoint: "https://sso.example.be/auth", token_endpoint: "https://sso.example.be/token" };
      return { ok: true, json: async () => told };
    },
  });
  const first = {
    request: async () => ({ status: 200, data: { roles: ["coordinator"], municipalities: ["24107"], expiresAt: "2031-01-01T00:00:00Z" } }),
    enter: (given) => (seen.entered = given),
    keepInTab: (_name, value) => (seen.kept = value),
    ofTab: () => asked,
  };
  return { ...seen, came: await comeBack(first), ...seen };
}

test("who comes back with what was asked for is in, and the code leaves the address", async () => {
  const seen = await back("?code=c&state=right&iss=https%3A%2F%2Fsso.example.be");
  assert.equal(seen.came, "");
  assert.equal(seen.address, "/meer");
  assert.equal(seen.kept, null);
  const sent = new URLSearchParams(seen.entered.token);
  assert.deepEqual([sent.get("code"), sent.get("code_verifier"), sent.get("redirect_uri")], ["c", "v", "https://desk.example.be/"]);
});

test("a code of somebody else, of another issuer or without a question goes nowhere", async () => {
  for (const [search, asked] of [
    ["?code=c&state=wrong", ASKED],
    ["?code=c&state=right&iss=https%3A%2F%2Fevil.example", ASKED],
    ["?state=right&error=access_denied", ASKED],
    ["?code=c&state=right", null],
  ]) {
    const seen = await back(search, asked);
    assert.equal(seen.came, "account");
    assert.deepEqual(seen.asked, []);
    assert.equal(seen.entered, null);
  }
});
