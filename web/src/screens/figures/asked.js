/** What is asked of the figures: it stands in the address, so that it is still there after a reload, and can be shared. */
import { useLocation } from "preact-iso/router";
import { read, write } from "../../checks/figures.js";
import { now } from "../../state/connection.js";
import { session } from "../../state/helper.js";
import { digipunts } from "../../state/point.js";
import { isoDay } from "../../words/t.js";

/** @typedef {import("../../checks/figures.js").Asked} Asked */

/** @returns {{asked: Asked, change: (part: Partial<Asked>) => void}} */
export function useAsked() {
  const { path, query, route } = useLocation();
  const asked = read(query, isoDay(now()));
  return { asked, change: (part) => route(path + write({ ...asked, ...part }), true) };
}

/** One's own municipalities: those of the sign-in, also where no digipunt is yet, and of the digipunten that one may see. */
export const municipalities = () => [...new Set([...(session.value?.municipalities ?? []), ...digipunts.value.map(({ municipality }) => municipality)])].sort();
