/** Asks whether the holder of a visitor card was here this year; without internet nothing is asked. */
import { useEffect, useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { readCard } from "../../checks/card.js";
import { html } from "../../html.js";
import { label } from "../../state/refdata.js";
import { t } from "../../words/t.js";

/** @param {{card: string, onFound: (contact: string) => void, onUnknown: () => void}} props */
export function Lookup({ card, onFound, onUnknown }) {
  const [told, setTold] = useState("");
  const code = readCard(card);
  useEffect(() => {
    setTold("");
    if (code === null) return;
    let current = true;
    void request("POST", "/visits/v1/cards/query", { body: { code } }).then((answer) => {
      if (!current) return;
      if (answer.status === 200) {
        setTold(t("visit.cardSays", { told: label("contact", answer.data.contact) }));
        onFound(answer.data.contact);
      } else if (answer.problem) {
        setTold(answer.problem.detail);
        if (answer.status === 404) onUnknown();
      }
    });
    return () => {
      current = false;
    };
  }, [code]);
  return told && html`<p class="hint" role="status">${told}</p>`;
}
