/** How far figures can be trusted: how often something was not asked, and how the laptops are that send them. */
import { NOT_ASKED, percent } from "../../checks/figures.js";
import { html } from "../../html.js";
import { useReading } from "../../state/reading.js";
import { number, t } from "../../words/t.js";
import { stateOf } from "../people/laptop.js";
import { percents } from "./says.js";

/** @param {{code: string, count: number}[]} items */
const notAsked = (items) => items.find(({ code }) => code === NOT_ASKED)?.count ?? 0;

/** @param {{summary: any}} props */
export function Quality({ summary: { contacts, people, ageBands, outcomes, selfReliance } }) {
  const first = people.newPeople.notAsked;
  const rows = [
    { name: "first", count: first },
    { name: "ages", count: notAsked(ageBands) },
    { name: "outcomes", count: notAsked(outcomes) },
    { name: "selfReliance", count: notAsked(selfReliance.answers) },
  ];
  return html`
    <section data-name="quality">
      <h2>${t("figures.quality")}</h2>
      <p data-name="first">${first > 0 ? t("figures.firstNotAsked", { p: number(percent(first, contacts) ?? 0) }) : t("figures.firstAlwaysAsked")}</p>
      <table class="numbers-table">
        <caption>${t("figures.quality.caption", { n: number(contacts) })}</caption>
        <thead><tr><th scope="col">${t("figures.question")}</th><th scope="col">${t("figures.times")}</th><th scope="col">${t("figures.part")}</th></tr></thead>
        <tbody>
          ${rows.map(
            ({ name, count }) => html`<tr key=${name}><th scope="row">${t(`figures.question.${name}`)}</th><td>${number(count)}</td><td>${percents(percent(count, contacts) ?? 0)}</td></tr>`,
          )}
        </tbody>
      </table>
    </section>
  `;
}

/** For coordinators: a laptop that was long away has visits that are not in these figures yet. */
export function Laptops() {
  const { data } = useReading("/desk/v1/laptops?pageSize=500", { as: "person", tagged: false });
  if (data === null || data.items.length === 0) return null;
  return html`
    <section class="no-print" data-name="laptops">
      <h2>${t("figures.laptops")}</h2>
      <p class="hint">${t("figures.laptops.text")}</p>
      <ul class="plain">${data.items.map((/** @type {any} */ laptop) => html`<li key=${laptop.id}><strong>${laptop.name}</strong>. ${stateOf(laptop)}</li>`)}</ul>
      <p><a href="/laptops">${t("figures.laptops.all")}</a></p>
    </section>
  `;
}
