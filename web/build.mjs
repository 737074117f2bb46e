/**
 * Builds the desk: `node build.mjs [FOLDER]` (services/desk/web). Prints what a browser has to fetch; fails over budget.
 *
 * The same sources give the same bytes: names hold the hash of the content, and the date is that of the sources.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";
import { faults } from "./contrast.mjs";
import { table } from "./sizes.mjs";
import { sprite } from "./sprite.mjs";

const WEB = dirname(fileURLToPath(import.meta.url));
const OUT = resolve(process.argv[2] ?? join(WEB, "../services/desk/web"));
const NEW = `${OUT}.new`;
/** Five years old: what a laptop that was given away still runs. */
const TARGET = ["chrome96", "firefox95", "safari15.4"];

const read = (path) => readFileSync(path, "utf8");
const hash = (content) => createHash("sha256").update(content).digest("hex").slice(0, 10);

/** All files under a folder, sorted. @returns {string[]} */
const files = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .flatMap((each) => (each.isDirectory() ? files(join(folder, each.name)) : [join(folder, each.name)]))
    .sort();

const sources = [
  ...["src", "themes", "icons"].flatMap((folder) => files(join(WEB, folder))),
  ...["index.html", "manifest.webmanifest", "icons.json", "package-lock.json", "sw.js", "build.mjs"].map((name) => join(WEB, name)),
];

/** The project's version, and what tells two builds of it apart. */
function version() {
  const project = /^version = "([^"]+)"/m.exec(read(join(WEB, "../pyproject.toml")))[1];
  const content = createHash("sha256");
  for (const file of sources) content.update(`${relative(WEB, file)}\0`).update(readFileSync(file));
  return `${project}+${content.digest("hex").slice(0, 8)}`;
}

/** When the sources were last changed, in seconds since 1970: said from outside, by Git, or by their files. */
function changed() {
  if (process.env.SOURCE_DATE_EPOCH) return Number(process.env.SOURCE_DATE_EPOCH);
  try {
    const said = execFileSync("git", ["log", "-1", "--format=%ct", "--", "."], { cwd: WEB, encoding: "utf8", stdio: "pipe" });
    if (said.trim()) return Number(said);
  } catch {
    // Not a clone.
  }
  return Math.floor(Math.max(...sources.map((file) => statSync(file).mtimeMs)) / 1000);
}

const VERSION = version();
const BUILT_AT = new Date(changed() * 1000).toISOString().replace(".000Z", "Z");
const common = {
  bundle: true,
  minify: true,
  format: "esm",
  target: TARGET,
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
  absWorkingDir: WEB,
};
const named = { entryNames: "[name]-[hash]", chunkNames: "[name]-[hash]", assetNames: "[name]-[hash]" };

/** A catalogue of words is one object; esbuild would also export each of its keys. */
const words = {
  name: "words",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\/words\/(\w+\/)?\w+\.json$/ }, ({ path }) => ({ contents: `export default ${read(path)}`, loader: "js" })),
};

/** `new URL("./x.worker.js", import.meta.url)`, as browsers know it, gets the address of the worker as it was built. */
const workers = {
  name: "workers",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\/src\/.*\.js$/ }, async ({ path }) => {
      const text = read(path);
      if (!text.includes(".worker.js")) return undefined;
      let contents = text;
      for (const [whole, , name] of text.matchAll(/new URL\((["'])(\.[^"']+\.worker\.js)\1, import\.meta\.url\)/g)) {
        const { metafile } = await esbuild.build({
          ...common,
          ...named,
          entryPoints: [join(dirname(path), name)],
          outdir: join(NEW, "assets"),
        });
        contents = contents.replace(whole, JSON.stringify(`/assets/${basename(Object.keys(metafile.outputs)[0])}`));
      }
      return { contents, loader: "js" };
    }),
};

/** Refuses a theme whose colours cannot be told apart. */
function themes() {
  const base = read(join(WEB, "src/styles/tokens.css"));
  const wrong = files(join(WEB, "themes"))
    .filter((file) => file.endsWith(".css"))
    .flatMap((file) => faults(read(file), base).map((fault) => `themes/${basename(file)}: ${fault}`));
  if (wrong.length) throw new Error(wrong.join("\n"));
  cpSync(join(WEB, "themes"), join(NEW, "themes"), { recursive: true });
}

/** What a browser fetches before it shows anything: the entry and all that it imports at once. */
function first(outputs, entry) {
  const found = new Set();
  const visit = (name) => {
    if (found.has(name)) return;
    found.add(name);
    for (const each of outputs[name].imports) if (each.kind === "import-statement") visit(each.path);
  };
  visit(entry);
  return [...found];
}

/** The page, which names everything by its hash. */
function page(entry, imports, style) {
  const preload = imports.map((path) => `<link rel="modulepreload" href="${path}">`).join("");
  const text = read(join(WEB, "index.html"))
    .replaceAll("/src/main.js", entry)
    .replaceAll("/src/styles/main.css", style)
    .replace("</head>", `${preload}</head>`)
    .replace(/<!--(?!\[)[^]*?-->/g, "")
    .replace(/>\s*\n\s*</g, ">\n<");
  if (!text.includes(entry) || !text.includes(style)) throw new Error("index.html uses neither /src/main.js nor /src/styles/main.css");
  writeFileSync(join(NEW, "index.html"), text);
}

/** The worker, with every file that it keeps and the revision of those whose names have no hash. */
async function worker() {
  const kept = files(NEW)
    .map((file) => relative(NEW, file))
    .map((name) => ({ url: `/${name}`, revision: name.startsWith("assets/") ? null : hash(readFileSync(join(NEW, name))) }));
  await esbuild.build({
    ...common,
    format: "iife",
    entryPoints: [join(WEB, "sw.js")],
    outfile: join(NEW, "sw.js"),
    define: { __PRECACHE__: JSON.stringify(kept), "process.env.NODE_ENV": '"production"' },
  });
}

async function build() {
  rmSync(NEW, { recursive: true, force: true });
  mkdirSync(join(NEW, "assets"), { recursive: true });
  themes();
  cpSync(join(WEB, "icons"), join(NEW, "icons"), { recursive: true });
  writeFileSync(join(NEW, "manifest.webmanifest"), JSON.stringify(JSON.parse(read(join(WEB, "manifest.webmanifest")))));
  const symbols = sprite(JSON.parse(read(join(WEB, "icons.json"))));
  const pictograms = `assets/sprite-${hash(symbols)}.svg`;
  writeFileSync(join(NEW, pictograms), symbols);

  const style = await esbuild.build({
    ...common,
    ...named,
    entryPoints: ["src/styles/main.css"],
    outdir: join(NEW, "assets"),
    loader: { ".svg": "file", ".woff2": "file" },
  });
  const app = await esbuild.build({
    ...common,
    ...named,
    entryPoints: ["src/main.js"],
    outdir: join(NEW, "assets"),
    splitting: true,
    plugins: [words, workers],
    define: {
      __VERSION__: JSON.stringify(VERSION),
      __BUILT_AT__: JSON.stringify(BUILT_AT),
      __SPRITE__: JSON.stringify(`/${pictograms}`),
      "process.env.NODE_ENV": '"production"',
    },
  });
  const inOut = (name) => relative(NEW, resolve(WEB, name));
  const outputs = app.metafile.outputs;
  const entry = Object.keys(outputs).find((name) => outputs[name].entryPoint === "src/main.js");
  const loaded = first(outputs, entry).map(inOut);
  const css = Object.keys(style.metafile.outputs).map(inOut).find((name) => name.endsWith(".css"));
  const nl = Object.keys(outputs).find((name) => outputs[name].entryPoint === "src/words/nl.json");
  page(`/${inOut(entry)}`, loaded.slice(1).map((name) => `/${name}`), `/${css}`);
  await worker();
  writeFileSync(join(NEW, "version.json"), `${JSON.stringify({ version: VERSION, builtAt: BUILT_AT })}\n`);

  const eager = ["index.html", ...loaded, css, ...(nl && !loaded.includes(inOut(nl)) ? [inOut(nl)] : []), pictograms];
  const all = files(NEW).map((file) => relative(NEW, file));
  const { text, over } = table(NEW, eager, all);
  console.log(`Digipunt's desk ${VERSION} of ${BUILT_AT}\n${text}`);
  if (over) throw new Error(over);

  // The new one takes the place of the old in two steps, so that what serves it never sees half of it for long.
  const old = `${OUT}.old`;
  rmSync(old, { recursive: true, force: true });
  if (existsSync(OUT)) renameSync(OUT, old);
  mkdirSync(dirname(OUT), { recursive: true });
  renameSync(NEW, OUT);
  rmSync(old, { recursive: true, force: true });
}

try {
  await build();
} catch (error) {
  rmSync(NEW, { recursive: true, force: true });
  console.error(error.errors ? "The desk could not be built." : String(error.message ?? error));
  process.exit(1);
}
