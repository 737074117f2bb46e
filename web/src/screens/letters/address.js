/** How somebody can be reached from now on: changed at who knows them, a borrower with the loans, a contact with the messages. */
import { useEffect, useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { sentence } from "../../api/refusals.js";
import { bodyOf, changesOf, missing, reachOf } from "../../checks/reach.js";
import { html } from "../../html.js";
import { Notice } from "../../parts/notice.js";
import { ReachFields } from "../../parts/reach.js";
import { Waiting } from "../../parts/waiting.js";
import { online } from "../../state/connection.js";
import { t } from "../../words/t.js";

/** @typedef {{form: import("../../checks/reach.js").Reach, stored: any, etag: string | null}} Known */

/** @param {{id: string, owner: "loans" | "notifications", onDone: () => void}} props */
export function Address({ id, owner, onDone }) {
  const [known, setKnown] = useState(/** @type {Known | null} */ (null));
  const [lacks, setLacks] = useState(/** @type {string[]} */ ([]));
  const [problem, setProblem] = useState(/** @type {string | null} */ (null));
  const path = owner === "loans" ? `/loans/v1/borrowers/${id}` : `/notifications/v1/contacts/${id}`;

  const read = async () => {
    const answer = await request("GET", path, { as: "person" });
    if (answer.status === 200) setKnown({ form: reachOf(answer.data), stored: answer.data, etag: answer.etag });
    setProblem(answer.status === 200 ? null : sentence(answer));
  };
  useEffect(() => void read(), [path]);
  if (known === null) return html`<${Waiting} wait=${t("common.wait")} again=${t("common.again")} onAgain=${read} problem=${problem} />`;

  const save = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const found = missing(known.form);
    setLacks(found);
    if (found.length > 0) return;
    const { stored, form, etag } = known;
    const answer =
      owner === "loans"
        ? await request("PATCH", path, { body: changesOf(form), etag, as: "person" })
        : await request("PUT", path, { body: { ...bodyOf(form), digipunt: stored.digipunt, municipality: stored.municipality }, etag, as: "person" });
    if (answer.status === 200) onDone();
    else if (answer.status === 412) {
      await read();
      setProblem(t("unreachable.changedMeanwhile"));
    } else setProblem(sentence(answer));
  };
  return html`
    <form class="screen" onSubmit=${save} noValidate data-name="address-form">
      <${ReachFields} named form=${known.form} missing=${lacks} onChange=${(/** @type {any} */ form) => { setKnown({ ...known, form }); setLacks([]); }} />
      ${problem && html`<${Notice} kind="err" live><p>${problem}</p><//>`}
      <p class="buttons"><button type="submit" class="button button-main" data-name="save" disabled=${!online.value}>${t("unreachable.save")}</button></p>
    </form>
  `;
}
