/** Opens a paper in a new tab: its address is asked for at that moment, and works once. */
import { useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { html } from "../../html.js";
import { paperTab } from "../../state/papers.js";
import { Icon } from "../../parts/icon.js";
import { t } from "../../words/t.js";
import { OnlineButton, Problem, useWork } from "./network.js";

/** @param {{path: string, children?: any, name?: string, main?: boolean}} props `path` without `/ticket` */
export function Paper({ path, children, name = "print", main = false }) {
  const { working, problem, run } = useWork();
  const [href, setHref] = useState("");
  const open = () => {
    const tab = paperTab();
    if (tab !== null) tab.document.title = t("devices.paperComes");
    const [address, query = ""] = path.split("?");
    let isGiven = false;
    void run(
      () => request("POST", `${address}/ticket${query && `?${query}`}`, { as: "person" }),
      (ticket) => {
        isGiven = tab !== null && !tab.closed;
        if (isGiven) tab?.location.replace(ticket.href);
        else setHref(ticket.href);
      },
    ).then(() => {
      if (!isGiven) tab?.close();
    });
  };
  return html`
    <p class="buttons">
      <${OnlineButton} main=${main} working=${working} name=${name} onClick=${open}><${Icon} name="printer" />${children}<//>
      ${href && html`<a class="button" href=${href} target="_blank" rel="noopener" onClick=${() => setHref("")}>${t("devices.paperOpen")}</a>`}
    </p>
    <${Problem} text=${problem} />
  `;
}
