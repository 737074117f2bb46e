/**
 * *Sessies*: by day, with how many places are taken. What has to be counted stands on top. Without internet it shows what this
 * laptop saw last, and when; there are no persons in that.
 */
import { useState } from "preact/hooks";
import { sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { outbox } from "../../outbox/items.js";
import { Choice } from "../../parts/choice.js";
import { Fold } from "../../parts/fold.js";
import { Icon } from "../../parts/icon.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { Waiting } from "../../parts/waiting.js";
import { now } from "../../state/connection.js";
import { session } from "../../state/helper.js";
import { keep, kept } from "../../state/kept.js";
import { digipunts, point } from "../../state/point.js";
import { useReading } from "../../state/reading.js";
import { day, isoDay, t, time, tn } from "../../words/t.js";
import { byDay, rowOf, withCount } from "./rows.js";
import { seatsSaid } from "./seats.js";

/** @typedef {import("./rows.js").Row} Row */

const PAST_MS = 14 * 24 * 3_600_000;

export default function Sessions() {
  const coordinates = session.value?.role === "coordinator";
  const [all, setAll] = useState(false);
  const here = coordinates && !all && point.value ? `&digipunt=${point.value.id}` : "";
  const path = `/visits/v1/sessions?from=${isoDay(now() - PAST_MS)}&pageSize=500${here}`;
  const reading = useReading(path, { as: coordinates ? "person" : "laptop" });
  const { rows, at } = seen(reading, all);
  return html`
    <${Screen} title=${t("sessions.title")}>
      ${coordinates && html`<p class="buttons"><a class="button" href="/sessies/nieuw" data-name="plan">
        <${Icon} name="calendar" />${t("sessions.plan")}</a></p>`}
      ${coordinates && point.value && digipunts.value.length > 1 &&
      html`<${Choice} legend=${t("sessions.where")} small options=${["here", "all"].map((code) => ({ code, label: t(`sessions.where.${code}`) }))}
        value=${[all ? "all" : "here"]} onChange=${(/** @type {string[]} */ [chosen]) => setAll(chosen === "all")} />`}
      ${at !== null && html`<${Notice} kind="warn"><p>${t("sessions.lastSeen", { day: day(at), time: time(at) })}</p><//>`}
      ${rows === null
        ? html`<${Waiting} wait=${t("common.wait")} again=${t("common.again")} onAgain=${reading.refresh}
          problem=${reading.answer && sentence(reading.answer)} />`
        : html`<${Lists} rows=${rows} elsewhere=${all} />`}
    <//>
  `;
}

/**
 * What to show, and since when it is so if it may have changed.
 * @param {import("../../state/reading.js").Reading} reading @param {boolean} all @returns {{rows: Row[] | null, at: number | null}}
 */
function seen({ data, answer, at }, all) {
  const failed = answer !== null && answer.status !== 200 && answer.status !== 304;
  if (data !== null) {
    const rows = data.items.map(rowOf);
    if (!all && !failed) keep("sessions", { at, point: point.value?.id ?? "", rows });
    return { rows, at: failed ? at : null };
  }
  const stored = kept("sessions", /** @type {{at: number, point: string, rows: Row[]} | null} */ (null));
  // A refusal is an answer; only where there is none the old list helps.
  if (!failed || answer.problem !== null || all || stored === null || stored.point !== (point.value?.id ?? "")) return { rows: null, at: null };
  return { rows: stored.rows, at: stored.at };
}

/** @param {{rows: Row[], elsewhere: boolean}} props */
function Lists({ rows: told, elsewhere }) {
  const rows = told.map((row) => withCount(row, outbox.value));
  const count = byDay(rows, "count", now());
  const coming = byDay(rows, "coming", now());
  const past = byDay(rows, "past", now());
  return html`
    ${count.length > 0 && html`<section aria-labelledby="to-count"><h2 id="to-count">${t("sessions.toCount")}</h2><${Days} days=${count}
      elsewhere=${elsewhere} toCount /></section>`}
    <section aria-labelledby="coming">
      <h2 id="coming">${t("sessions.coming")}</h2>
      ${coming.length > 0 ? html`<${Days} days=${coming} elsewhere=${elsewhere} />` : html`<p>${t("sessions.none")}</p>`}
    </section>
    ${past.length > 0 &&
    html`<${Fold} title=${t("sessions.past")} filled=${tn("sessions.pastCount", past.flat().length)}><${Days} days=${past} elsewhere=${elsewhere} /><//>`}
  `;
}

/** @param {{days: Row[][], elsewhere: boolean, toCount?: boolean}} props */
const Days = ({ days, elsewhere, toCount = false }) =>
  days.map(
    (rows) => html`
      <h3 key=${rows[0]?.startsAt}>${day(/** @type {Row} */ (rows[0]).startsAt)}</h3>
      <ul class="rows">
        ${rows.map(
          (row) => html`
            <li class=${`row${row.state === "cancelled" ? " row-struck" : ""}`} key=${row.id} data-name="session">
              <a class="row-main" href=${`/sessies/${row.id}`}>${t("sessions.at", { time: time(row.startsAt), title: row.title })}</a>
              ${elsewhere && html`<span>${digipunts.value.find(({ id }) => id === row.digipunt)?.name}</span>`}
              <span>${seatsSaid(row)}</span>
              ${toCount && html`<a class="button" href=${`/sessies/${row.id}/aanwezig`}>${t("sessions.whoCame")}</a>`}
            </li>
          `,
        )}
      </ul>
    `,
  );
