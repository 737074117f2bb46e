/** What this place is: whether its data is made up, and which services are there. */
import { signal } from "@preact/signals";
import { request } from "../api/client.js";
import { mark } from "./connection.js";
import { keep, kept } from "./kept.js";

/** @type {import("@preact/signals").Signal<{synthetic: boolean, services: string[] | null, version: string, filled: number,
 *   signIn?: import("../api/issuer.js").Provider | null}>} */
export const about = signal(kept("about", { synthetic: false, services: null, version: "", filled: 1 }));

export const SERVICES = ["visits", "loans", "notifications", "reporting"];

/** Ask again. Behind an edge no service knows of the others, so each is asked itself. */
export async function refreshAbout() {
  const answer = await request("GET", "/desk/v1/about", { as: "nobody" });
  if (answer.status === 200) {
    about.value = answer.data;
    keep("about", answer.data);
  }
  const { services } = about.value;
  for (const service of SERVICES) {
    if (services !== null) mark(service, !services.includes(service));
    else await request("GET", `/${service}/health/live`, { as: "nobody" });
  }
}
