/**
 * *Vandaag*: what this digipunt noted today. First what still has to be sent, then what somebody has to look at, then what was
 * sent; each visit once. Without internet it shows what this laptop knows.
 */
import { useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { resend } from "../../outbox/items.js";
import { Choice } from "../../parts/choice.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { now, online } from "../../state/connection.js";
import { helper } from "../../state/helper.js";
import { keep, kept } from "../../state/kept.js";
import { point } from "../../state/point.js";
import { day, isoDay, t, tn } from "../../words/t.js";
import { Drop } from "./drop.js";
import { asker, useVisits } from "./list.js";
import { counting, isOf } from "./merge.js";
import { Line, nameOf } from "./row.js";
import { pathOf, strikeWaiting, throwAway } from "./save.js";
import { Strike } from "./strike.js";

/** @typedef {import("./merge.js").Row} Row */

const GROUPS = /** @type {const} */ (["waiting", "parked", "sent"]);
const LEFT = "leftToCoordinator";

/** Move the focus to a row; to the heading when it is gone. @param {string} key */
const focusOn = (key) =>
  requestAnimationFrame(() => {
    const row = /** @type {HTMLElement | null} */ (document.querySelector(`[data-row="${key}"]`) ?? document.querySelector("h1"));
    row?.focus({ preventScroll: row.tagName === "LI" });
  });

/** @param {{answer: import("../../api/client.js").Answer | null, empty: boolean}} props */
function State({ answer, empty }) {
  if (answer === null) return html`<p role="status">${t("common.wait")}</p>`;
  const isKnown = answer.status === 200 || answer.status === 304;
  return html`
    ${!isKnown && html`<${Notice} kind="warn"><p>${answer.problem === null ? t("today.offline") : sentence(answer)}</p><//>`}
    ${empty && isKnown && html`<p data-name="empty">${t("today.none")}</p>`}
  `;
}

export default function Today() {
  const today = isoDay(now());
  const digipunt = point.value?.id;
  const { rows, answer, refresh } = useVisits(digipunt, today);
  const [own, setOwn] = useState(false);
  const [dropping, setDropping] = useState(/** @type {Row | null} */ (null));
  const [striking, setStriking] = useState(/** @type {Row | null} */ (null));
  const [left, setLeft] = useState(/** @type {number[]} */ (kept(LEFT, [])));
  const [said, setSaid] = useState("");
  const me = helper.value;
  const shown = own && me !== null ? rows.filter((row) => isOf(row, me.code)) : rows;
  const author = { by: me?.code ?? null, point: digipunt ?? "" };

  /** @param {Row} row @param {string} reason */
  const strike = async (row, reason) => {
    if (row.items.length > 0) await strikeWaiting(row.items, reason, author);
    else {
      const struck = await request("POST", `${pathOf(row.id)}/void`, { body: { reason }, as: asker() });
      if (struck.status !== 200) return sentence(struck);
      await refresh();
    }
    setStriking(null);
    setSaid(t("today.struck"));
    focusOn(row.key);
    return null;
  };
  /** @param {Row} row */
  const drop = async (row) => {
    await throwAway(row.items);
    setDropping(null);
    setSaid(t("today.dropped"));
    focusOn(row.key);
  };
  /** @param {Row} row */
  const leave = (row) => {
    const seqs = [...left.filter((seq) => rows.some(({ items }) => items.some((item) => item.seq === seq))), ...row.items.map(({ seq }) => Number(seq))];
    setLeft(seqs);
    keep(LEFT, seqs);
    setSaid(t("today.left"));
    focusOn(row.key);
  };
  /** @param {Row} row */
  const again = async (row) => {
    for (const item of row.items) if (item.state === "parked") await resend(item, JSON.parse(item.body), item.label);
    setSaid(t("today.goesAgain"));
    focusOn(row.key);
  };

  const count = counting(shown, today);
  return html`
    <${Screen} title=${t("today.title", { day: day(now()) })} aside=${html`<span data-name="count">${tn("today.count", count)}</span>`}>
      ${me !== null &&
      html`<${Choice} legend=${t("today.whose")} value=${[own ? "mine" : "all"]} small
        options=${["all", "mine"].map((code) => ({ code, label: t(`today.whose.${code}`) }))}
        onChange=${(/** @type {string[]} */ [chosen]) => setOwn(chosen === "mine")} />`}
      <p class="visually-hidden" role="status" data-name="said">${said}</p>
      <${State} answer=${answer} empty=${shown.length === 0} />
      ${!online.value && shown.some(({ group }) => group === "sent") && html`<p class="hint">${t("today.sentOffline")}</p>`}
      ${GROUPS.map((group) => {
        const mine = shown.filter((row) => row.group === group);
        return (
          mine.length > 0 &&
          html`<section key=${group} data-name=${group}>
            <h2>${t(`today.${group}`, { n: mine.length })}</h2>
            <ul class="rows">
              ${mine.map(
                (row) => html`<${Line} key=${row.key} row=${row} today=${today} left=${row.items.some(({ seq }) => left.includes(Number(seq)))}
                  onStrike=${setStriking} onDrop=${setDropping} onLeave=${leave} onAgain=${again} />`,
              )}
            </ul>
          </section>`
        );
      })}
      <p class="buttons"><a class="button" data-name="tally" href="/telblad">${t("today.otherDay")}</a></p>
      ${dropping !== null && html`<${Drop} row=${dropping} today=${today} onDrop=${() => void drop(dropping)} onClose=${() => setDropping(null)} />`}
      ${striking !== null &&
      html`<${Strike} name=${nameOf(striking, today)} onStrike=${(/** @type {string} */ reason) => strike(striking, reason)}
        onClose=${() => setStriking(null)} />`}
    <//>
  `;
}
