/**
 * The types of what services send and take: `node types.mjs <documents.json`, with an OpenAPI document for each service.
 *
 * A type is used as `import("../api/types.d.ts").visits["schemas"]["Visit"]`.
 */
import { readFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const documents = JSON.parse(readFileSync(0, "utf8"));
const parts = ["/** Made by scripts/checks/web_types.py from the services' OpenAPI. */"];
for (const [service, document] of Object.entries(documents)) {
  const { schemas } = document.components;
  const text = astToString(await openapiTS({ ...document, paths: {}, components: { schemas } }));
  const [found] = /export interface components \{[^]*?\n\}/.exec(text);
  parts.push(
    found
      .replaceAll('components["', `${service}["`)
      .replace("interface components", `interface ${service}`)
      .replace(/\n {4}(responses|parameters|requestBodies|headers|pathItems): never;/g, ""),
  );
}
process.stdout.write(`${parts.join("\n\n")}\n`);
