/** What stands above a list: that it comes, that it cannot be had now, or that there is nothing in it. */
import { sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { Notice } from "../../parts/notice.js";
import { t } from "../../words/t.js";

/** @param {{rows: any[] | null, answer: import("../../api/client.js").Answer | null, empty: string}} props */
export const Listed = ({ rows, answer, empty }) => html`
  ${answer === null && html`<p role="status">${t("common.wait")}</p>`}
  ${answer !== null && answer.status !== 200 && answer.status !== 304 && html`<${Notice} kind="warn"><p>${sentence(answer)}</p><//>`}
  ${rows?.length === 0 && html`<p data-name="empty">${empty}</p>`}
`;
