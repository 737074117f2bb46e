/** One row of *Vandaag*: a visit, or something else that waits, with what can be done about it. */
import { sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { Icon } from "../../parts/icon.js";
import { online } from "../../state/connection.js";
import { helpers } from "../../state/helper.js";
import { label } from "../../state/refdata.js";
import { isoDay, shortDay, t, time } from "../../words/t.js";
import { about } from "./lines.js";

/** @typedef {import("./merge.js").Row} Row */

/** What a row is called: a visit by its hour and its themes, anything else by what its screen called it. @param {Row} row @param {string} today */
export function nameOf({ visit, items, at }, today) {
  const when = isoDay(at) === today ? time(at) : `${shortDay(at)}, ${time(at)}`;
  if (visit !== null) return `${when}: ${about(visit) || t("today.correction")}`;
  return `${when}: ${items[0]?.label || t("today.somethingElse")}`;
}

/** @param {Row} row */
function state({ group, visit, items }) {
  if (group === "waiting" && visit?.["state"] === "voided") return t("today.willBeStruck");
  if (group === "waiting") return t(!online.value ? "today.waits" : items.some(({ attempts }) => attempts > 0) ? "today.again" : "today.soon");
  if (group === "sent" && visit?.["state"] === "voided") return t("today.voided", { reason: label("voidReason", visit["voidReason"]) });
  return "";
}

/**
 * @param {{row: Row, today: string, left: boolean, onStrike: (row: Row) => void, onDrop: (row: Row) => void, onLeave: (row: Row) => void,
 *   onAgain: (row: Row) => void}} props
 */
export function Line({ row, today, left, onStrike, onDrop, onLeave, onAgain }) {
  const { group, visit, items, id, key } = row;
  const name = nameOf(row, today);
  const struck = visit?.["state"] === "voided";
  const who = helpers.value.find(({ code }) => code === (visit?.["helper"] ?? items[0]?.by))?.name;
  const problem = items.find((item) => item.state === "parked")?.problem ?? null;
  const can = visit !== null && !struck && (group !== "sent" || online.value);
  /** @param {string} what @param {() => void} onTap */
  const button = (what, onTap) => html`
    <button type="button" class="button" data-name=${what} aria-label=${`${t(`today.${what}`)}: ${name}`} onClick=${onTap}>${t(`today.${what}`)}</button>
  `;
  return html`
    <li class=${struck ? "row row-struck" : "row"} data-row=${key} tabindex="-1">
      <div class="row-main">
        ${group === "parked" && html`<${Icon} name="triangle-alert" />`} ${name}${who && html`<span class="hint"> · ${who}</span>`}
      </div>
      ${state(row) && html`<span class="hint">${state(row)}</span>`}
      ${group === "parked" && html`<p class="row-wide error">${sentence({ status: problem?.status ?? 0, problem })}</p>`}
      ${group === "parked" && left && html`<p class="row-wide hint">${t("today.left")}</p>`}
      ${(can || group === "parked") &&
      html`<p class="buttons">
        ${can && html`<a class="button" data-name="correct" href=${`/vandaag/${id}`} aria-label=${`${t("today.correct")}: ${name}`}>${t("today.correct")}</a>`}
        ${can && group !== "parked" && button("strike", () => onStrike(row))}
        ${group === "parked" && visit === null && button("resend", () => onAgain(row))}
        ${group === "parked" && !left && button("leave", () => onLeave(row))}
        ${group === "parked" && button("drop", () => onDrop(row))}
      </p>`}
    </li>
  `;
}
