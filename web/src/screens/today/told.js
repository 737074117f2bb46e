/** A visit in full, as questions with their answers. */
import { html } from "../../html.js";
import { lines } from "./lines.js";

/** @param {{visit: Record<string, any>}} props */
export const Lines = ({ visit }) => html`
  <dl class="told">
    ${lines(visit).map(({ name, question, answer }) => html`<div key=${name}><dt>${question}</dt><dd>${answer}</dd></div>`)}
  </dl>
`;
