/** Files of the service to keep: each comes under an address that works once. */
import { useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { Icon } from "../../parts/icon.js";
import { Notice } from "../../parts/notice.js";
import { online } from "../../state/connection.js";
import { t } from "../../words/t.js";

/** A Belgian Excel puts a file with commas in one column. */
export const FOR_EXCEL = "?dialect=excel";

/** @param {{files: {form: "pdf" | "xlsx" | "csv", path: string}[]}} props `path` with its query */
export function Files({ files }) {
  const [problem, setProblem] = useState("");
  const fetchFile = async (/** @type {string} */ path) => {
    const [address, query] = path.split("?");
    const answer = await request("POST", `${address}/ticket${query ? `?${query}` : ""}`, { as: "person" });
    setProblem(answer.status === 201 ? "" : sentence(answer));
    if (answer.status !== 201) return;
    const link = Object.assign(document.createElement("a"), { href: answer.data.href, download: "" });
    link.click();
  };
  return html`
    ${problem && html`<${Notice} kind="err" live><p>${problem}</p><//>`}
    <p class="buttons">
      ${files.map(
        ({ form, path }) => html`
          <button type="button" class="button" key=${form} data-name=${form} disabled=${!online.value} onClick=${() => void fetchFile(path)}>
            <${Icon} name="download" />${t(`figures.file.${form}`)}
          </button>
        `,
      )}
    </p>
    <p class="hint">${t("figures.files.text")}</p>
  `;
}
