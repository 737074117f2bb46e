/** One screen: a heading that takes the focus when the screen is opened, or when what had it is gone; and what is under it. */
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
  const screen = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => focus ? whenFocusIsLost(screen.current, () => heading.current?.focus({ preventScroll: true })) : undefined, [focus]);
  return html`
    <div class="screen" ref=${screen}>
      <div class="screen-head">
        <h1 ref=${heading} tabindex="-1">${title}</h1>
        ${aside && html`<p class="screen-aside">${aside}</p>`}
      </div>
      ${children}
    </div>
  `;
}

/**
 * Call `then` when what has the focus in an element is taken away, such as a button that did its work: a keyboard would begin
 * again at the top of the page. Gives the end of it.
 * @param {HTMLElement | null} inside @param {() => void} then
 */
function whenFocusIsLost(inside, then) {
  /** @type {Element | null} */
  let last = null;
  const remember = () => void (last = document.activeElement);
  const observer = new MutationObserver(() => {
    if (last !== null && !last.isConnected && document.activeElement === document.body) then();
  });
  inside?.addEventListener("focusin", remember);
  if (inside !== null) observer.observe(inside, { childList: true, subtree: true });
  return () => {
    inside?.removeEventListener("focusin", remember);
    observer.disconnect();
  };
}
