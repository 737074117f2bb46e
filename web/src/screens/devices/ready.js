/**
 * A loan that lies ready: print the agreement, let it be signed, hand over. Paper is the way; whoever it was reserved for is named,
 * so that nobody gets what is another's.
 */
import { useLocation } from "preact-iso/router";
import { useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { html } from "../../html.js";
import { Choice } from "../../parts/choice.js";
import { Field } from "../../parts/field.js";
import { Fold } from "../../parts/fold.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { useFresh } from "../../state/fresh.js";
import { refreshDevices, refreshLending } from "../../state/lending.js";
import { LANGUAGES, t, tn } from "../../words/t.js";
import { say } from "./done.js";
import { useRow } from "./loan.js";
import { capital, dayName, namesOf, Person } from "./names.js";
import { NeedsNetwork, OnlineButton, Problem, useWork } from "./network.js";
import { Paper } from "./paper.js";

/** @param {{params: {id: string}}} props */
export default function Ready({ params: { id } }) {
  const { route } = useLocation();
  const { row, borrower, problem: unread } = useRow("loans", id);
  const [language, setLanguage] = useState(/** @type {string[]} */ ([]));
  const [collectedBy, setCollectedBy] = useState("");
  const { working, problem, run } = useWork();
  useFresh(refreshDevices);
  const inLanguage = language[0] ?? borrower?.language ?? "nl";

  const act = (/** @type {string} */ action, /** @type {Record<string, any>} */ body, /** @type {string} */ text) =>
    run(
      (key) => request("POST", `/loans/v1/loans/${id}/${action}`, { body, key, as: "person" }),
      async () => {
        say({ text });
        await refreshLending();
        route("/toestellen");
      },
    );
  if (row === null) {
    return html`<${Screen} title=${t("lend.ready.title")}><p role="status">${unread || t("common.wait")}</p><${NeedsNetwork} /><//>`;
  }
  const names = namesOf(row.devices);
  const given = { devices: capital(names), name: borrower?.name ?? "" };
  const handOver = () => {
    const collected = collectedBy.trim() ? { collectedBy: collectedBy.trim() } : {};
    const text = tn("lend.ready.done", row.devices.length, { ...given, day: dayName(row.dueOn) });
    return act("handOver", { language: inLanguage, ...collected }, text);
  };
  const end = (/** @type {string} */ how) => act(how, {}, tn("lend.ready.free", row.devices.length, given));
  if (row.state !== "ready") {
    return html`<${Screen} title=${t("lend.ready.title")}>
      <${Notice}><p>${t(row.state === "handedOver" ? "lend.ready.gone" : "lend.ready.over")}</p><//>
      <p class="buttons"><a class="button" href="/toestellen">${t("devices.toLists")}</a></p>
    <//>`;
  }
  return html`
    <${Screen} title=${t("lend.ready.title")}>
      <p class="lead"><strong>${capital(names)}</strong> <${Person} borrower=${borrower} /></p>
      <p>${t("devices.until", { day: dayName(row.dueOn) })}</p>
      <${Choice} legend=${t("lend.ready.language")} small options=${LANGUAGES.map((code) => ({ code, label: t(`lend.language.${code}`) }))}
        value=${[inLanguage]}
        onChange=${(/** @type {string[]} */ value) => value.length > 0 && setLanguage(value)} />
      <ol class="steps">
        <li><${Paper} path=${`/loans/v1/loans/${id}/agreement.pdf?language=${inLanguage}`}>${t("lend.ready.print")}<//></li>
        <li>${t("lend.ready.sign")}</li>
      </ol>
      ${borrower?.kind === "organisation" && html`
        <${Field} name="collected-by" label=${t("lend.ready.collectedBy")} value=${collectedBy} onInput=${setCollectedBy} maxLength=${200} />`}
      <${NeedsNetwork} />
      <${Problem} text=${problem} />
      <p class="buttons">
        <${OnlineButton} main working=${working} name="hand-over"
          onClick=${handOver}>
          ${t("lend.ready.signed")}
        <//>
        <a class="button" href="/toestellen">${t("lend.ready.later")}</a>
      </p>
      <${Fold} title=${t("lend.ready.not")}>
        <p>${t("lend.ready.notText", { devices: names })}</p>
        <p class="buttons">
          <${OnlineButton} working=${working} name="not-collected"
            onClick=${() => end("notCollected")}>${t("lend.ready.notCollected")}<//>
          <${OnlineButton} working=${working} name="cancel" onClick=${() => end("cancel")}>${t("lend.ready.cancel")}<//>
        </p>
      <//>
    <//>
  `;
}
