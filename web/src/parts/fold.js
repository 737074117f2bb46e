/** Questions that are seldom asked, behind a button that looks like one; it says how many were answered. */
import { useId, useState } from "preact/hooks";
import { html } from "../html.js";
import { Icon } from "./icon.js";

/** @param {{title: string, filled?: string, open?: boolean, children?: any}} props */
export function Fold({ title, filled, open = false, children }) {
  const [isOpen, setOpen] = useState(open);
  const id = useId();
  return html`
    <div class="fold">
      <button type="button" class="fold-button" aria-expanded=${String(isOpen)} aria-controls=${id} onClick=${() => setOpen(!isOpen)}>
        <${Icon} name=${isOpen ? "chevron-up" : "chevron-down"} />
        <span>${title} ${filled && html`<span class="hint">${filled}</span>`}</span>
      </button>
      <div id=${id} class="fold-inside" hidden=${!isOpen}>${children}</div>
    </div>
  `;
}
