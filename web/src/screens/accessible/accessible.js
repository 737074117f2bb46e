/**
 * The accessibility statement of the desk, after the Flemish model: what the law asks, how far we are, what does not work yet,
 * how that is known, whom to tell, and where to go when nothing comes of it.
 */
import { html } from "../../html.js";
import { Screen } from "../../parts/screen.js";
import { point } from "../../state/point.js";
import { spoken } from "../../words/phone.js";
import { t } from "../../words/t.js";

/** The sections, each with so many sentences or points. */
const SECTIONS = /** @type {const} */ ([
  { name: "what", paragraphs: 2, points: 0 },
  { name: "how", paragraphs: 1, points: 5 },
  { name: "not", paragraphs: 1, points: 5 },
  { name: "tested", paragraphs: 1, points: 5 },
  { name: "tell", paragraphs: 1, points: 0 },
  { name: "further", paragraphs: 2, points: 0 },
]);

/** @param {number} count */
const upTo = (count) => Array.from({ length: count }, (_, place) => place + 1);

/** @param {{phone: string | null | undefined}} props */
const Whom = ({ phone }) => (phone ? html`<a href=${`tel:${phone}`}>${t("accessible.call", { phone: spoken(phone) })}</a>` : t("accessible.ask"));

export default function Accessible() {
  const phone = point.value?.phone;
  return html`
    <${Screen} title=${t("accessible.title")}>
      ${SECTIONS.map(
        ({ name, paragraphs, points }) => html`
          <section key=${name}>
            <h2>${t(`accessible.${name}`)}</h2>
            ${upTo(paragraphs).map((n) => html`<p key=${n}>${t(`accessible.${name}.${n}`)}</p>`)}
            ${points > 0 && html`<ul>${upTo(points).map((n) => html`<li key=${n}>${t(`accessible.${name}.point${n}`)}</li>`)}</ul>`}
            ${name === "tell" && html`<p><${Whom} phone=${phone} /></p>`}
          </section>
        `,
      )}
      <p class="hint">${t("accessible.made")}</p>
    <//>
  `;
}
