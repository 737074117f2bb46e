/** There is no digipunt yet: the first one is made here. */
import { useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { Choice } from "../../parts/choice.js";
import { Field } from "../../parts/field.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { refreshDigipunts } from "../../state/point.js";
import { codes, label } from "../../state/refdata.js";
import { t } from "../../words/t.js";

export function FirstPoint() {
  const [name, setName] = useState("");
  const [where, setWhere] = useState(/** @type {string[]} */ ([]));
  const [error, setError] = useState("");
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!name.trim() || where[0] === undefined) return setError(t("point.missing"));
    const body = { name: name.trim(), municipality: where[0] };
    const answer = await request("PUT", `/visits/v1/digipunts/${crypto.randomUUID()}`, { body, as: "person" });
    if (answer.status === 201) await refreshDigipunts();
    else setError(sentence(answer));
  };
  return html`
    <${Screen} title=${t("point.title")}>
      <p>${t("point.text")}</p>
      <form class="screen" onSubmit=${submit}>
        <${Field} label=${t("point.name")} value=${name} maxLength=${100} onInput=${setName} name="point" focus />
        <${Choice} legend=${t("point.municipality")} options=${codes("municipality").map(({ code }) => ({ code, label: label("municipality", code) }))} value=${where} onChange=${setWhere} small />
        ${error && html`<${Notice} kind="err" live><p>${error}</p><//>`}
        <button type="submit" class="button button-main">${t("point.make")}</button>
      </form>
    <//>
  `;
}
