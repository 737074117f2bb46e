/**
 * A ranking: a table with a bar in each row and the number at its end. What is hidden has a hatched bar that is always as long,
 * and a word; so its number is in no length.
 */
import { html } from "../html.js";

/** How long the longest bar is, in parts of its cell; the number needs the rest. */
const LONGEST = 60;
const HIDDEN = 30;

/**
 * @typedef {{label: string, count: number | null, said: string, length: number, quiet?: boolean, name?: string | undefined, note?: string | undefined}} Bar
 *   `said` is what stands at the end of the bar, `length` from 0 to 100; `quiet`: it is no answer; `note` is said under the label
 */

/** @param {{caption: string, what: string, count: string, rows: Bar[], name?: string}} props */
export const Bars = ({ caption, what, count, rows, name }) => html`
  <table class="bars" data-name=${name}>
    <caption>${caption}</caption>
    <thead><tr>${[what, count].map((each) => html`<th scope="col" key=${each}><span class="visually-hidden">${each}</span></th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<${Row} key=${row.label} ...${row} />`)}</tbody>
  </table>
`;

/** @param {Bar} props */
const Row = ({ label, count, said, length, quiet = false, name, note }) => html`
  <tr class=${quiet ? "bars-quiet" : ""} data-name=${name}>
    <th scope="row">${label}${note && html` <span class="row-note">${note}</span>`}</th>
    <td>
      <span class="bars-line">
        ${count === null ? html`<${Hidden} />` : length > 0 && html`<svg class="bars-bar" width=${`${(LONGEST * length) / 100}%`} aria-hidden="true"><rect width="100%" height="100%" /></svg>`}
        <span class="bars-number">${said}</span>
      </span>
    </td>
  </tr>
`;

const Hidden = () => html`
  <svg class="bars-bar" width=${`${HIDDEN}%`} aria-hidden="true">
    <defs>
      <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="6" /></pattern>
    </defs>
    <rect width="100%" height="100%" fill="url(#hatch)" />
  </svg>
`;
