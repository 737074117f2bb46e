/** Puts somebody on the waiting list for a kind of device, when nothing of it is free. */
import { useRef, useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { html } from "../../html.js";
import { Choice } from "../../parts/choice.js";
import { Fold } from "../../parts/fold.js";
import { Notice } from "../../parts/notice.js";
import { refreshDay } from "../../state/lending.js";
import { label } from "../../state/refdata.js";
import { t } from "../../words/t.js";
import { optionsOf } from "./names.js";
import { OnlineButton, Problem, useWork } from "./network.js";

/** @param {{borrower: import("./names.js").Borrower, here: string}} props */
export function Wish({ borrower, here }) {
  const [kind, setKind] = useState(/** @type {string[]} */ ([]));
  const [isDone, setDone] = useState(false);
  const id = useRef(crypto.randomUUID());
  const { working, problem, setProblem, run } = useWork();
  const [chosen] = kind;
  const ask = () =>
    run(
      () => request("PUT", `/loans/v1/requests/${id.current}`, { body: { borrower: borrower.id, deviceKind: chosen, digipunt: here }, as: "person" }),
      () => {
        setDone(true);
        return refreshDay();
      },
    );
  if (isDone) {
    return html`<${Notice} kind="ok" live>
      <p data-name="wished">${t("lend.wish.done", { name: borrower.name, kind: label("deviceKind", chosen ?? "") })}</p>
      <p class="buttons"><a class="button" href="/toestellen?lijst=waiting">${t("devices.list.waiting")}</a></p>
    <//>`;
  }
  return html`
    <${Fold} title=${t("lend.wish.title")}>
      <${Choice} legend=${t("lend.wish.kind")} small options=${optionsOf("deviceKind")}
        value=${kind} onChange=${setKind} />
      <${Problem} text=${problem} />
      <p class="buttons"><${OnlineButton} working=${working} name="wish"
        onClick=${() => (chosen === undefined ? setProblem(t("lend.wish.noKind")) : ask())}>${t("lend.wish.ask")}<//></p>
    <//>
  `;
}
