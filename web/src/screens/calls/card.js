/** One person to call: what to say in large letters, then, once the line is taken, the number and what came of it. */
import { useEffect, useRef } from "preact/hooks";
import { html } from "../../html.js";
import { Icon } from "../../parts/icon.js";
import { online } from "../../state/connection.js";
import { language, t, tn } from "../../words/t.js";

/** @typedef {import("../../state/results.js").Result} Result */

/** @type {Result[]} */
const RESULTS = ["told", "noAnswer", "wrongNumber", "notTold"];

/**
 * @param {{line: import("./queue.js").Line, claimed: boolean, onTake: () => void, onGiveBack: () => void, onResult: (result: Result) => void,
 *   onSkip: (() => void) | null}} props
 */
export function Card({ line, claimed, onTake, onGiveBack, onResult, onSkip }) {
  const { person, script, attempts } = line;
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  const number = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    // The first card leaves the focus with the heading of the screen; the next ones take it.
    if (document.activeElement !== document.body && document.activeElement?.tagName !== "H1") return;
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    if (claimed) number.current?.focus();
  }, [claimed]);
  return html`
    <article class="card arrives" aria-labelledby="person" data-name="call">
      <h2 id="person" tabindex="-1" ref=${heading}>${person?.name ?? t("calls.noName")}</h2>
      ${person?.via && html`<p>${t("calls.via", { name: person.via })}</p>`}
      ${person && person.language !== language() && html`<p><strong>${t(`calls.speaks.${person.language}`)}</strong></p>`}
      ${attempts > 0 && html`<p>${tn("calls.attempts", attempts)}</p>`}
      <p class="script" lang=${person?.language}>${script}</p>
      ${claimed
        ? html`
            ${person?.phone && html`<p><a class="phone" href=${`tel:${person.phone.replace(/[^+\d]/g, "")}`} ref=${number} data-name="number">
              <${Icon} name="phone" />${person.phone}</a></p>`}
            <div class="buttons" role="group" aria-label=${t("calls.what")}>
              ${RESULTS.map((result) => html`<button type="button" key=${result} class=${result === "told" ? "button button-main" : "button"}
                data-name=${result} onClick=${() => onResult(result)}>${t(`calls.result.${result}`)}</button>`)}
            </div>
            <p class="buttons"><button type="button" class="button button-quiet" data-name="give-back" onClick=${onGiveBack}>${t("calls.giveBack")}</button></p>
          `
        : html`
            <p class="buttons">
              <button type="button" class="button button-main" data-name="take" disabled=${!online.value} onClick=${onTake}>
                <${Icon} name="phone" />${t("calls.take")}</button>
              ${onSkip && html`<button type="button" class="button" data-name="skip" onClick=${onSkip}>${t("calls.skip")}</button>`}
            </p>
            ${!online.value && html`<p class="error">${t("calls.offline")}</p>`}
          `}
    </article>
  `;
}
