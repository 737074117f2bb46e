/**
 * *Brieven*, for coordinators: what waits is gathered in a stack, printed, put in envelopes and posted; only then it counts as
 * told. Names and addresses are asked at the moment of printing, and stay nowhere.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { Choice } from "../../parts/choice.js";
import { Fold } from "../../parts/fold.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { Waiting } from "../../parts/waiting.js";
import { online } from "../../state/connection.js";
import { keep, kept } from "../../state/kept.js";
import { openPaper } from "../../state/papers.js";
import { digipunts, point } from "../../state/point.js";
import { label } from "../../state/refdata.js";
import { useReading } from "../../state/reading.js";
import { day, t, time, tn } from "../../words/t.js";

/** @typedef {{id: string, municipality: string, madeAt: string, postedAt?: string}} Batch */

export default function Letters() {
  const places = [...new Set(digipunts.value.map(({ municipality }) => municipality))];
  const [place, setPlace] = useState(point.value?.municipality ?? places[0] ?? null);
  const [side, setSide] = useState(kept("letterWindow", "right"));
  const [told, setTold] = useState("");
  const [problem, setProblem] = useState("");
  const where = place === null ? null : `municipality=${place}`;
  const waiting = useReading(where && `/notifications/v1/messages?channel=letter&state=planned&pageSize=1&${where}`, { as: "person" });
  const batches = useReading(where && `/notifications/v1/letterBatches?pageSize=100&${where}`, { as: "person" });
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    setTold("");
    setProblem("");
  }, [place]);

  /** Show what came of it, with the lists as they are now. @param {import("../../api/client.js").Answer} answer @param {string} done */
  const settle = async (answer, done) => {
    setTold(answer.problem === null && answer.status > 0 ? done : "");
    setProblem(answer.problem !== null || answer.status === 0 ? sentence(answer) : "");
    await Promise.all([waiting.refresh(), batches.refresh()]);
    heading.current?.focus();
  };
  const gather = async () => {
    const answer = await request("POST", "/notifications/v1/letterBatches", { body: { municipality: place }, as: "person" });
    await settle(answer, t("letters.gathered"));
  };
  /** @param {Batch} batch */
  const post = async (batch) => settle(await request("POST", `/notifications/v1/letterBatches/${batch.id}/posted`, { as: "person" }), t("letters.posted"));
  /** @param {string} chosen */
  const turn = (chosen) => {
    setSide(chosen);
    keep("letterWindow", chosen);
  };
  /** @param {Batch} batch */
  const show = async (batch) => {
    const answer = await openPaper("/notifications/v1/letters.pdf", { batch: batch.id, window: side });
    setProblem(answer.status === 201 ? "" : sentence(answer));
  };

  const all = /** @type {Batch[]} */ (batches.data?.items ?? []);
  const open = all.filter(({ postedAt }) => !postedAt);
  const answer = [waiting.answer, batches.answer].find((each) => each !== null && each.status !== 200 && each.status !== 304) ?? null;
  const isRead = waiting.data !== null && batches.data !== null;
  return html`
    <${Screen} title=${t("letters.title")}>
      ${places.length > 1 &&
      html`<${Choice} legend=${t("letters.where")} small options=${places.map((code) => ({ code, label: label("municipality", code) }))}
        value=${place ? [place] : []}
        onChange=${(/** @type {string[]} */ [chosen]) => chosen && setPlace(chosen)} />`}
      ${!isRead && html`<${Waiting} wait=${t("common.wait")} again=${t("common.again")}
        onAgain=${() => void Promise.all([waiting.refresh(), batches.refresh()])} problem=${answer && sentence(answer)} />`}
      ${isRead && answer && html`<${Notice} kind="warn"><p>${sentence(answer)}</p><//>`}
      ${isRead &&
      html`
        <p class="big" tabindex="-1" ref=${heading} data-name="waiting">${howMany(waiting.data.total, open.length > 0)}</p>
        <p role="status" class=${told ? "" : "visually-hidden"}>${told}</p>
        ${problem && html`<${Notice} kind="err" live><p>${problem}</p><//>`}
        ${!online.value && html`<p class="error">${t("letters.offline")}</p>`}
        ${open.length === 0 && waiting.data.total > 0 && html`<p class="buttons"><button type="button" class="button button-main" data-name="gather"
          disabled=${!online.value} onClick=${gather}>${t("letters.gather")}</button></p>`}
        ${open.map((batch) => html`<${Stack} key=${batch.id} batch=${batch} side=${side}
          onSide=${turn} onShow=${() => void show(batch)} onPost=${() => void post(batch)} />`)}
        ${open.length > 0 && html`<p class="buttons"><button type="button" class="button" data-name="gather" disabled=${!online.value}
          onClick=${gather}>${t("letters.gatherMore")}</button></p>`}
        <${Earlier} batches=${all.filter(({ postedAt }) => postedAt)} onShow=${show} />
      `}
    <//>
  `;
}

/** @param {number} letters @param {boolean} gathered whether some of them may be in a stack */
const howMany = (letters, gathered) => (letters === 0 ? t("letters.none") : tn(gathered ? "letters.notPosted" : "letters.waiting", letters));

/** @param {{batch: Batch, side: string, onSide: (side: string) => void, onShow: () => void, onPost: () => void}} props */
const Stack = ({ batch, side, onSide, onShow, onPost }) => html`
  <section class="card screen" aria-label=${t("letters.stackOf", { day: day(batch.madeAt), time: time(batch.madeAt) })} data-name="stack">
    <h2>${t("letters.stackOf", { day: day(batch.madeAt), time: time(batch.madeAt) })}</h2>
    <${Choice} legend=${t("letters.window")} small options=${["left", "right"].map((code) => ({ code, label: t(`letters.window.${code}`) }))} value=${[side]}
      onChange=${(/** @type {string[]} */ [chosen]) => chosen && onSide(chosen)} />
    <p class="buttons">
      <button type="button" class="button" data-name="print" disabled=${!online.value} onClick=${onShow}>${t("letters.print")}</button>
      <button type="button" class="button button-main" data-name="posted" disabled=${!online.value} onClick=${onPost}>${t("letters.post")}</button>
    </p>
    <p class="hint">${t("letters.printHint")}</p>
  </section>
`;

/** @param {{batches: Batch[], onShow: (batch: Batch) => Promise<void>}} props */
const Earlier = ({ batches, onShow }) =>
  batches.length > 0 &&
  html`
    <${Fold} title=${t("letters.earlier")} filled=${tn("letters.stacks", batches.length)}>
      <ul class="rows">
        ${batches.map(
          (batch) => html`
            <li class="row" key=${batch.id}>
              <span class="row-main">${t("letters.postedOn", { day: day(batch.postedAt ?? batch.madeAt) })}</span>
              <button type="button" class="button" disabled=${!online.value} onClick=${() => void onShow(batch)}>${t("letters.printAgain")}</button>
            </li>
          `,
        )}
      </ul>
    <//>
  `;
