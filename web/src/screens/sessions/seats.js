/** “8 van 12 plaatsen, 2 wachten”, and what became of a session that is over. */
import { t, tn } from "../../words/t.js";

/** @param {import("./rows.js").Row} row */
export function seatsSaid({ state, seats, taken, waiting, present, waits }) {
  if (state === "cancelled") return t("sessions.cancelled");
  if (state === "held") return waits ? t("sessions.countWaits", { came: tn("sessions.came", present ?? 0) }) : tn("sessions.came", present ?? 0);
  return [tn("sessions.seats", seats, { taken }), waiting > 0 && tn("sessions.waiting", waiting)].filter(Boolean).join(", ");
}
