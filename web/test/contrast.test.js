import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { contrast, faults, luminance, tokens } from "../contrast.mjs";

const BASE = `:root { --paper: #fffaf2; --card: #ffffff; --ink: #2b2622; --brand: #0f5c5a }
@media (prefers-color-scheme: dark) { :root { --paper: #1d1a17; --card: #27231f; --ink: #f6efe6 } }`;
const DARK = "@media (prefers-color-scheme: dark) { :root { --brand: #f0a9bd; --brand-ink: #3d0a1b; --brand-soft: #4a1c2b } }";
const GOOD = `/* ours */ :root { --brand: #7a1f3d; --brand-ink: #fff; --brand-soft: #f9e4ea; --name: "Landen" } ${DARK}`;

test("contrast is that of WCAG: 21 for black on white, 1 for a colour on itself", () => {
  assert.equal(contrast("#000", "#ffffff"), 21);
  assert.equal(contrast("#0f5c5a", "#0f5c5a"), 1);
  assert.equal(contrast("#777777", "#ffffff").toFixed(2), "4.48");
  assert.equal(contrast("#ffffff", "#0f5c5a").toFixed(1), "7.8");
});

test("what is no colour is refused by name", () => {
  for (const text of ["red", "#12", "#12345g", "rgb(0 0 0)"]) assert.throws(() => luminance(text), new RegExp("is no colour"));
});

test("a sheet's own properties are read for a light and for a dark screen, and no others'", () => {
  const { light, dark, rest } = tokens(`${BASE} @media (prefers-contrast: more) { :root { --ink: #000 } } body { margin: 0 }`);
  assert.equal(light["--ink"], "#2b2622");
  assert.deepEqual([dark["--ink"], dark["--brand"]], ["#f6efe6", "#0f5c5a"]);
  assert.match(rest, /^body \{ margin: 0 \}@media \(prefers-contrast/);
});

test("a theme whose colours are told apart has no faults", () => assert.deepEqual(faults(GOOD, BASE), []));

test("a theme below contrast is refused with the pair and what it needs", () => {
  const pale = GOOD.replace("#7a1f3d", "#c97f98");
  assert.match(faults(pale, BASE)[0], /^--brand-ink #fff on --brand #c97f98 \(light\) has contrast 3\.\d; it needs 4\.5$/);
});

test("a theme has to hold on a dark screen too", () => {
  assert.ok(faults(GOOD.replace(DARK, ""), BASE).some((fault) => fault.includes("(dark)")));
});

test("a theme sets its own properties and nothing else", () => {
  assert.match(faults(`${GOOD} :root { --ink: #000 }`, BASE)[0], /^it sets --ink/);
  assert.match(faults(`${GOOD} body { display: none }`, BASE)[0], /^it has more than :root: body/);
  assert.match(faults(":root { --brand: #000 }", BASE)[0], /^it does not set --brand-ink/);
});

test("the themes that are shipped hold beside the desk's own colours", () => {
  const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");
  assert.deepEqual(faults(read("../themes/24059.css"), read("../src/styles/tokens.css")), []);
});
