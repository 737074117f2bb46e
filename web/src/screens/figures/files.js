/** The files of a report that was made: each comes under an address that works once. */
import { useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { Icon } from "../../parts/icon.js";
import { Notice } from "../../parts/notice.js";
import { online } from "../../state/connection.js";
import { t } from "../../words/t.js";

const FORMS = /** @type {const} */ (["pdf", "xlsx", "csv"]);

/** @param {{report: import("./making.js").ReportState}} props */
export function Files({ report }) {
  const [problem, setProblem] = useState("");
  const fetchFile = async (/** @type {typeof FORMS[number]} */ form) => {
    // A Belgian Excel puts a file with commas in one column.
    const query = form === "csv" ? "?dialect=excel" : "";
    const answer = await request("POST", `${report.files[form]}/ticket${query}`, { as: "person" });
    setProblem(answer.status === 201 ? "" : sentence(answer));
    if (answer.status !== 201) return;
    const link = Object.assign(document.createElement("a"), { href: answer.data.href, download: "" });
    link.click();
  };
  return html`
    ${problem && html`<${Notice} kind="err" live><p>${problem}</p><//>`}
    ${report.rebuilding && html`<${Notice}><p>${t("figures.rebuilding")}</p><//>`}
    <p class="buttons">
      ${FORMS.map(
        (form) => html`
          <button type="button" class="button" key=${form} data-name=${form} disabled=${!online.value} onClick=${() => void fetchFile(form)}>
            <${Icon} name="download" />${t(`figures.file.${form}`)}
          </button>
        `,
      )}
    </p>
    <p class="hint">${t("figures.files.text")}</p>
  `;
}
