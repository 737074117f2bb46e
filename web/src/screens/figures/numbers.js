/** The numbers that come first, each with what it means and how it was a year before. */
import { html } from "../../html.js";
import { number, t } from "../../words/t.js";
import { percents } from "./says.js";

/** @typedef {{name: string, value: number | null, before?: number | null | undefined, definition: string}} Big `value` null: it cannot be known, and the definition says why */

/** @param {{items: Big[]}} props */
export const Numbers = ({ items }) => html`
  <div class="numbers">
    ${items.map(
      ({ name, value, before, definition }) => html`
        <section class="card number" key=${name} data-name=${name}>
          <h2>${t(`figures.${name}`)}</h2>
          <p class=${value === null ? "number-value number-none" : "number-value"} data-name="value">${value === null ? t("figures.unknown") : number(value)}</p>
          ${before !== undefined && html`<p data-name="before">${before === null ? t("figures.noYearBefore") : t("figures.yearBefore", { n: number(before) })}</p>`}
          <p class="hint">${definition}</p>
        </section>
      `,
    )}
  </div>
`;

/** The four numbers of a summary, beside those of a year before. @param {any} summary @returns {Big[]} */
export function bigNumbers({ contacts, definition, people, compared }) {
  const before = compared.contacts === 0 ? null : compared;
  return [
    { name: "contacts", value: contacts, before: before && before.contacts, definition },
    { name: "newPeople", value: people.newPeople.value, before: before && before.people.newPeople.value, definition: people.newPeople.definition },
    { name: "recognised", value: people.recognised, before: before && before.people.recognised, definition: people.recognisedDefinition },
    { name: "estimated", value: people.estimated, before: before && before.people.estimated, definition: people.definition },
  ];
}

/** A few numbers on a line, each above its word. @param {{items: {name: string, said: string}[]}} props */
export const Facts = ({ items }) => html`
  <dl class="facts">
    ${items.map(({ name, said }) => html`<div key=${name} data-name=${name}><dt>${t(`figures.${name}`)}</dt><dd>${said}</dd></div>`)}
  </dl>
`;

/** Said of a part of a whole, such as 0.7412; a dash when there is none. @param {number | null} share */
export const shareSaid = (share) => (share === null ? t("figures.unknown") : percents(Math.round(share * 100)));
