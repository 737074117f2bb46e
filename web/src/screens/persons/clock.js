/** How long what is kept, and how much of it goes at the next look of the services. */
import { useEffect, useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { html } from "../../html.js";
import { t, tn } from "../../words/t.js";

const SERVICES = ["visits", "loans", "notifications", "desk"];
const KEPT = ["borrowers", "contacts", "texts", "trail"];

/** @typedef {{months: Record<string, number>, due: {what: string, count: number}[]}} Told */

export function Clock() {
  const [told, setTold] = useState(/** @type {Told[]} */ ([]));
  useEffect(() => {
    let current = true;
    void Promise.all(SERVICES.map((service) => request("GET", `/${service}/v1/retention`, { as: "person" }))).then((answers) => {
      if (current) setTold(answers.filter(({ status }) => status === 200).map(({ data }) => data));
    });
    return () => {
      current = false;
    };
  }, []);
  const [first] = told;
  if (first === undefined) return null;
  const due = told.flatMap((each) => each.due);
  return html`
    <section data-name="clock">
      <h2>${t("persons.clock")}</h2>
      <ul>${KEPT.map((kind) => html`<li key=${kind}>${tn(`persons.kept.${kind}`, first.months[kind] ?? 0)}</li>`)}</ul>
      <p>${due.length === 0 ? t("persons.nothingDue") : due.map(({ what, count }) => tn(`persons.due.${what}`, count)).join(" ")}</p>
    </section>
  `;
}
