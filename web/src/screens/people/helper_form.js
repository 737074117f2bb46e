/** A helper's name, and the digipunten where they help; for a new one and for one that changes. */
import { useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { Choice } from "../../parts/choice.js";
import { Dialog } from "../../parts/dialog.js";
import { Field } from "../../parts/field.js";
import { Notice } from "../../parts/notice.js";
import { online } from "../../state/connection.js";
import { digipunts } from "../../state/point.js";
import { t } from "../../words/t.js";

/** @typedef {{id: string, name: string, code: string, hasPin: boolean, digipunts: string[], locked: boolean, version: number}} Helper */

/** @param {{helper: Helper | null, where: string[], onDone: (name: string) => void, onClose: () => void}} props `where` is chosen for a new one */
export function HelperForm({ helper, where, onDone, onClose }) {
  // One id for all tries: when an answer was lost, the second try finds what the first one made.
  const [id] = useState(helper?.id ?? crypto.randomUUID());
  const [name, setName] = useState(helper?.name ?? "");
  const [points, setPoints] = useState(helper?.digipunts ?? where);
  const [missing, setMissing] = useState("");
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const lacks = !name.trim() ? "name" : points.length === 0 ? "points" : "";
    setMissing(lacks);
    if (lacks) /** @type {HTMLElement | null} */ (document.querySelector(lacks === "name" ? "dialog [name=name]" : "#helper-points .tile"))?.focus();
    if (lacks || busy) return;
    setBusy(true);
    const etag = helper === null ? null : `"${helper.version}"`;
    // Said where it is one, for a digipunt that the service has not heard of yet.
    const [municipality, ...others] = new Set(digipunts.value.filter((each) => points.includes(each.id)).map((each) => each.municipality));
    const body = { name: name.trim(), digipunts: points, ...(others.length === 0 ? { municipality } : {}) };
    const answer = await request("PUT", `/desk/v1/helpers/${id}`, { body, etag, as: "person" });
    setBusy(false);
    if (answer.status === 200 || answer.status === 201) onDone(body.name);
    else setError(answer.status === 412 ? t("helpers.changed") : sentence(answer));
  };
  const open = digipunts.value.filter((each) => each.state === "open" || points.includes(each.id));
  return html`
    <${Dialog} title=${helper === null ? t("helpers.newTitle") : t("helpers.changeTitle", { name: helper.name })} onClose=${onClose}>
      <form class="screen" onSubmit=${submit}>
        <${Field} label=${t("helpers.name")} hint=${t("helpers.nameHint")} value=${name} maxLength=${60} onInput=${setName} name="name"
          error=${missing === "name" ? t("helpers.nameMissing") : null} />
        <${Choice} id="helper-points" legend=${t("helpers.where")} options=${open.map((each) => ({ code: each.id, label: each.name }))}
          value=${points} onChange=${setPoints} several small error=${missing === "points" ? t("helpers.pointsMissing") : ""} />
        ${(error || !online.value) && html`<${Notice} kind="err" live><p>${error || t("common.noInternet")}</p><//>`}
        <p class="buttons">
          <button type="submit" class="button button-main" data-name="save" disabled=${!online.value}>${t("helpers.save")}</button>
          <button type="button" class="button" onClick=${onClose}>${t("common.cancel")}</button>
        </p>
      </form>
    <//>
  `;
}
