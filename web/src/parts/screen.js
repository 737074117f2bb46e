/** One screen: a heading that takes the focus when the screen is opened, and what is under it. */
import { useEffect, useRef } from "preact/hooks";
import { html } from "../html.js";

/** @param {{title: string, aside?: any, children?: any, focus?: boolean}} props */
export function Screen({ title, aside, children, focus = true }) {
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    document.title = `${title} · Digipunt`;
    // Not when a field of the screen has it already.
    if (focus && (document.activeElement === null || document.activeElement === document.body)) heading.current?.focus({ preventScroll: true });
  }, [title]);
  return html`
    <div class="screen">
      <div class="screen-head">
        <h1 ref=${heading} tabindex="-1">${title}</h1>
        ${aside && html`<p class="screen-aside">${aside}</p>`}
      </div>
      ${children}
    </div>
  `;
}
