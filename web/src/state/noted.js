/** What was just noted of a call or a talk, in words: with the way back, and what could not be sent. */
import { sentence } from "../api/refusals.js";
import { t } from "../words/t.js";
import { drop, pending, tryAgain, undo, unsent, who } from "./results.js";

/** For the part that shows it. @returns {import("../parts/noted.js").Props} */
export function noted() {
  const entry = pending.value;
  return {
    text: entry === null ? "" : t("results.noted", { name: entry.name, result: t(`results.${entry.result}`) }),
    undo: t("results.undo"),
    onUndo: undo,
    rest: unsent.value
      .filter(({ by }) => by === who())
      .map((each) => ({
        key: each.key,
        text: each.refused === null ? t("results.unsent", { name: each.name }) : t("results.refused", { name: each.name, why: sentence(each.refused) }),
        button: t(each.refused === null ? "common.again" : "results.seen"),
        onTap: each.refused === null ? tryAgain : () => drop(each),
      })),
  };
}
