/** What stands where a list will be: that it comes, or why it does not, with a way to try again. */
import { html } from "../html.js";
import { Notice } from "./notice.js";

/** @param {{wait: string, problem: string | null, again: string, onAgain: () => void}} props */
export const Waiting = ({ wait, problem, again, onAgain }) =>
  problem === null
    ? html`<p role="status">${wait}</p>`
    : html`
        <${Notice} kind="warn" live>
          <p>${problem}</p>
          <p class="buttons"><button type="button" class="button" data-name="again" onClick=${onAgain}>${again}</button></p>
        <//>
      `;
