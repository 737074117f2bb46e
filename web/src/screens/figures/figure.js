/**
 * A picture with its numbers: a heading that says what it is, the drawing of the service for the room there is, and the same
 * numbers in a table, which who hears the page reads, others may open, and paper always has.
 */
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { drawing } from "../../api/client.js";
import { html } from "../../html.js";
import { Icon } from "../../parts/icon.js";
import { t } from "../../words/t.js";

/** Widths are asked in steps, so that a window that is dragged asks seldom. */
const STEP = 40;
const NARROWEST = 280;
const NOTHING = { title: "", text: "" };

/**
 * @typedef {{title: string, text: string, name: string, chart: string, version: number, told?: boolean, columns: string[], rows: (string | number)[][]}} Drawn
 *   `chart` is its address without a width, `version` changes when it has to be drawn anew; `told`: its own message stands above
 *   it once it is there, instead of `text`
 */

/** @param {Drawn} props */
export function Figure({ title, text, name, chart, version, told = false, columns, rows }) {
  const [message, setMessage] = useState(NOTHING);
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return html`
    <figure class="figure" data-name=${name}>
      <figcaption>
        <h2>${title}</h2>
        ${told && message.title && html`<p class="big" data-name="message">${message.title}.</p>`}
        <p class="hint">${(told && message.text) || text}</p>
      </figcaption>
      <${Drawing} chart=${chart} version=${version} onDrawn=${setMessage} />
      <p class="no-print"><button type="button" class="button button-quiet" data-name="numbers" aria-expanded=${String(isOpen)} aria-controls=${id} onClick=${() => setOpen(!isOpen)}>
        <${Icon} name=${isOpen ? "chevron-up" : "chevron-down"} />${t("figures.numbers")}</button></p>
      <div id=${id} class=${`figure-numbers${isOpen ? "" : " visually-hidden"}`}>
        <table>
          <caption class="visually-hidden">${title}</caption>
          <thead><tr>${columns.map((column) => html`<th scope="col" key=${column}>${column}</th>`)}</tr></thead>
          <tbody>
            ${rows.map(([first, ...others]) => html`<tr key=${first}><th scope="row">${first}</th>${others.map((each, place) => html`<td key=${place}>${each}</td>`)}</tr>`)}
          </tbody>
        </table>
      </div>
    </figure>
  `;
}

/** @param {{chart: string, version: number, onDrawn: (message: {title: string, text: string}) => void}} props */
function Drawing({ chart, version, onDrawn }) {
  const room = useRef(/** @type {HTMLElement | null} */ (null));
  const [width, setWidth] = useState(0);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(Math.max(NARROWEST, Math.floor((entry?.contentRect.width ?? 0) / STEP) * STEP)));
    if (room.current !== null) watch.observe(room.current);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    if (width === 0) return undefined;
    let isWanted = true;
    void drawing(`${chart}&caption=false&width=${width}`).then((text) => {
      if (!isWanted || room.current === null) return;
      const root = text === null ? null : new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
      const isDrawn = root?.localName === "svg";
      setFailed(!isDrawn);
      const said = (/** @type {string} */ what) => (isDrawn && root?.querySelector(what)?.textContent) || "";
      onDrawn({ title: said("title"), text: said("desc") });
      // Of another question it would be another's numbers.
      room.current.replaceChildren(...(isDrawn && root ? [document.importNode(root, true)] : []));
    });
    return () => void (isWanted = false);
  }, [chart, version, width]);
  return html`
    <div class="figure-drawing" aria-hidden="true" ref=${room}></div>
    ${failed && html`<p class="hint">${t("figures.noDrawing")}</p>`}
  `;
}
