/** A line that says what was just done, for as long as it can be undone; under it what is not done yet. */
import { html } from "../html.js";
import { Icon } from "./icon.js";
import { Notice } from "./notice.js";

/**
 * @typedef {{text: string, undo: string, onUndo: () => void, rest: {key: string, text: string, button: string, onTap: () => void}[]}} Props
 * @param {Props} props
 */
export const Noted = ({ text, undo, onUndo, rest }) => html`
  <div class=${text ? "notice notice-ok saved" : "visually-hidden"}>
    ${text && html`<${Icon} name="check" />`}
    <div class="notice-text">
      <p role="status" data-name="noted">${text}</p>
      ${text && html`<p class="buttons"><button type="button" class="button" data-name="undo" onClick=${onUndo}>${undo}</button></p>`}
    </div>
  </div>
  ${rest.map(
    (each) => html`
      <${Notice} key=${each.key} kind="warn" live>
        <p>${each.text}</p>
        <p class="buttons"><button type="button" class="button" onClick=${each.onTap}>${each.button}</button></p>
      <//>
    `,
  )}
`;
