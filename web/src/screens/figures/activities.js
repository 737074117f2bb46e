/** What else a digipunt does: lending and sessions. Devices and presences, never persons. */
import { html } from "../../html.js";
import { label } from "../../state/refdata.js";
import { number, t } from "../../words/t.js";
import { Facts, shareSaid } from "./numbers.js";

/** @param {{summary: any}} props */
export function Lending({ summary: { loans } }) {
  return html`
    <section data-name="lending">
      <h2>${t("figures.lending")}</h2>
      ${loans ? html`<${Lent} loans=${loans} />` : html`<p class="card">${t("figures.noLending")}</p>`}
    </section>
  `;
}

/** @param {{loans: any}} props */
const Lent = ({ loans }) => html`
  <${Facts} items=${[
    ...["handedOver", "out", "overdue", "lost"].map((name) => ({ name, said: number(loans[name]) })),
    { name: "use", said: shareSaid(loans.use) },
  ]} />
  ${loans.kinds.length > 0 &&
  html`
    <table class="numbers-table">
      <caption>${t("figures.byKind")}</caption>
      <thead><tr><th scope="col">${t("figures.kind")}</th>${["out", "overdue", "use"].map((name) => html`<th scope="col" key=${name}>${t(`figures.${name}`)}</th>`)}</tr></thead>
      <tbody>
        ${loans.kinds.map(
          (/** @type {any} */ kind) => html`
            <tr key=${kind.code}><th scope="row">${label("deviceKind", kind.code)}</th><td>${number(kind.out)}</td><td>${number(kind.overdue)}</td><td>${shareSaid(kind.use)}</td></tr>
          `,
        )}
      </tbody>
    </table>
  `}
`;

/** @param {{sessions: any}} props */
export const Sessions = ({ sessions }) => html`
  <section data-name="sessions">
    <h2>${t("figures.sessions")}</h2>
    <p class="hint">${t("figures.sessions.text")}</p>
    <${Facts} items=${[
      ...["held", "present", "seats"].map((name) => ({ name, said: number(sessions[name]) })),
      ...["visitors", "helpers", "partners", "others"].map((name) => ({ name, said: number(sessions.audiences[name]) })),
    ]} />
    ${sessions.kinds.length > 0 &&
    html`
      <table class="numbers-table">
        <caption>${t("figures.byKind")}</caption>
        <thead><tr><th scope="col">${t("figures.kind")}</th><th scope="col">${t("figures.held")}</th><th scope="col">${t("figures.present")}</th></tr></thead>
        <tbody>
          ${sessions.kinds.map(
            (/** @type {any} */ kind) => html`<tr key=${kind.code}><th scope="row">${label("sessionKind", kind.code)}</th><td>${number(kind.count)}</td><td>${number(kind.present)}</td></tr>`,
          )}
        </tbody>
      </table>
    `}
  </section>
`;
