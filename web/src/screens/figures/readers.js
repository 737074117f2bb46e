/** Who hears by e-mail, each month, that the sheet is there. For coordinators; names and addresses are in memory only. */
import { useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { Notice } from "../../parts/notice.js";
import { online } from "../../state/connection.js";
import { useReading } from "../../state/reading.js";
import { label } from "../../state/refdata.js";
import { t } from "../../words/t.js";
import { Listed } from "../people/listed.js";
import { Sure } from "../people/sure.js";
import { NewReader } from "./new_reader.js";

/** @typedef {import("../../api/types.d.ts").notifications["schemas"]["Reader"]} Reader */

/** @param {{municipality: string}} props */
export function Readers({ municipality }) {
  const query = new URLSearchParams({ pageSize: "500", ...(municipality && { municipality }) });
  const { data, answer, refresh } = useReading(`/notifications/v1/readers?${query}`, { as: "person" });
  const [isNew, setNew] = useState(false);
  const [going, setGoing] = useState(/** @type {Reader | null} */ (null));
  const [said, setSaid] = useState("");
  /** @param {string} words */
  const done = async (words) => {
    setNew(false);
    setGoing(null);
    setSaid(words);
    await refresh();
  };
  /** @param {Reader} reader */
  const remove = async ({ id, name }) => {
    const gone = await request("DELETE", `/notifications/v1/readers/${id}`, { as: "person" });
    if (gone.status !== 204 && gone.status !== 404) return sentence(gone);
    await done(t("figures.readerRemoved", { name }));
    requestAnimationFrame(() => /** @type {HTMLElement | null} */ (document.querySelector("[data-name=readers] h2"))?.focus());
    return null;
  };
  /** @type {Reader[] | null} */
  const rows = data?.items ?? null;
  return html`
    <section class="no-print" data-name="readers">
      <h2 tabindex="-1">${t("figures.readers")}</h2>
      <p class="hint">${t("figures.readers.text")}</p>
      <div role="status" data-name="said">${said && html`<${Notice} kind="ok"><p>${said}</p><//>`}</div>
      <${Listed} rows=${rows} answer=${answer} empty=${t("figures.noReaders")} />
      <ul class="rows">${rows?.map((reader) => html`<${Row} key=${reader.id} reader=${reader} where=${!municipality} onRemove=${() => setGoing(reader)} />`)}</ul>
      <p class="buttons">
        <button type="button" class="button" data-name="new-reader" disabled=${!online.value} onClick=${() => setNew(true)}>${t("figures.newReader")}</button>
      </p>
      ${isNew &&
      html`<${NewReader} municipality=${municipality} onDone=${(/** @type {string} */ name) => void done(t("figures.readerAdded", { name }))}
        onClose=${() => setNew(false)} />`}
      ${going && html`<${Sure} title=${t("figures.removeReader")} text=${t("figures.removeReaderText", { name: going.name })} yes=${t("figures.removeReader")}
        onYes=${() => remove(going)} onClose=${() => setGoing(null)} />`}
    </section>
  `;
}

/** @param {{reader: Reader, where: boolean, onRemove: () => void}} props `where`: whether the list is of several municipalities */
const Row = ({ reader: { id, name, email, language, municipality }, where, onRemove }) => html`
  <li class="row" data-row=${id}>
    <div class="row-main">
      <strong>${name}</strong>
      <span class="hint"> ${email}, ${t(`reach.language.${language}`)}${where && `, ${label("municipality", municipality)}`}</span>
    </div>
    <p class="buttons">
      <button type="button" class="button" data-name="remove-reader" disabled=${!online.value} aria-label=${`${t("figures.removeReader")}: ${name}`} onClick=${onRemove}>
        ${t("figures.removeReader")}
      </button>
    </p>
  </li>
`;
