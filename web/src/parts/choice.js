/**
 * A question with tiles under it. Tapping a chosen tile again takes it back. Arrows walk through the tiles, digits choose while
 * one of them has the focus.
 */
import { useRef, useState } from "preact/hooks";
import { html } from "../html.js";
import { Tile } from "./tile.js";

/**
 * @typedef {{code: string, label: string, icon?: string, hint?: string}} Option
 * @param {{legend: string, hint?: string, options: Option[], value: string[], onChange: (value: string[]) => void,
 *   several?: boolean, small?: boolean, error?: string, more?: any, id?: string}} props
 */
export function Choice({ legend, hint, options, value, onChange, several = false, small = false, error, more, id }) {
  const group = useRef(/** @type {HTMLElement | null} */ (null));
  const [at, setAt] = useState(0);

  /** @param {string} code */
  const tap = (code) => {
    if (value.includes(code)) onChange(value.filter((each) => each !== code));
    else onChange(several ? [...value, code] : [code]);
  };
  /** @param {number} place */
  const go = (place) => {
    const next = (place + options.length) % options.length;
    setAt(next);
    /** @type {HTMLElement | undefined} */ (group.current?.querySelectorAll(".tile")[next])?.focus();
  };
  /** @param {KeyboardEvent} event */
  const onKeyDown = (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const digit = Number(event.key);
    const option = options[digit - 1];
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (step !== undefined) go(at + step);
    else if (digit > 0 && option !== undefined) tap(option.code);
    else return;
    event.preventDefault();
  };
  const errorId = error && id ? `${id}-error` : undefined;
  return html`
    <fieldset class="choice" id=${id} aria-describedby=${errorId}>
      <legend>${legend} ${hint && html`<span class="hint">${hint}</span>`}</legend>
      ${error && html`<p class="error" id=${errorId}>${error}</p>`}
      <div class=${small ? "tiles tiles-small" : "tiles"} ref=${group} onKeyDown=${onKeyDown}>
        ${options.map(
          ({ code, label, icon, hint: under }, place) => html`
            <${Tile}
              key=${code}
              name=${code}
              label=${label}
              icon=${icon}
              hint=${under}
              small=${small}
              pressed=${value.includes(code)}
              tabIndex=${place === Math.min(at, options.length - 1) ? 0 : -1}
              onTap=${() => {
                setAt(place);
                tap(code);
              }}
            />
          `,
        )}
        ${more}
      </div>
    </fieldset>
  `;
}
