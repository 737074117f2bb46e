/** A large target to tap: chosen by fill, border and tick, never by colour alone. */
import { html } from "../html.js";
import { Icon } from "./icon.js";

/**
 * @param {{label: string, hint?: string, icon?: string, pressed?: boolean, onTap: () => void, tabIndex?: number, small?: boolean, name?: string}} props
 */
export const Tile = ({ label, hint, icon, pressed, onTap, tabIndex, small, name }) => html`
  <button
    type="button"
    class=${`tile${small ? " tile-small" : ""}`}
    aria-pressed=${pressed === undefined ? undefined : String(pressed)}
    tabindex=${tabIndex}
    data-name=${name}
    onClick=${onTap}
  >
    ${icon && html`<${Icon} name=${icon} />`}
    <span class="tile-label">${label}</span>
    ${hint && html`<span class="tile-hint">${hint}</span>`}
    ${pressed && html`<${Icon} name="check" />`}
  </button>
`;
