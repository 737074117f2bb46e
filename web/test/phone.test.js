/** Numbers are shown as people here write them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { spoken } from "../src/words/phone.js";

test("zones, mobiles and large cities are grouped as in a phone book", () => {
  assert.equal(spoken("+3216001012"), "016 00 10 12");
  assert.equal(spoken("+32470123456"), "0470 12 34 56");
  assert.equal(spoken("+3221234567"), "02 123 45 67");
});

test("a number from elsewhere stays as it is", () => assert.equal(spoken("+31612345678"), "+31612345678"));
