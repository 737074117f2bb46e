/** How this laptop shows things: language, size of letters, contrast. */
import { effect, signal } from "@preact/signals";
import { isLanguage, speak } from "../words/t.js";
import { keep, kept } from "./kept.js";

/** @typedef {{size: "100" | "112" | "125", contrast: "normal" | "more"}} Looks */

/** @type {import("@preact/signals").Signal<Looks>} */
export const looks = signal(kept("looks", { size: "100", contrast: "normal" }));

effect(() => {
  document.documentElement.dataset["size"] = looks.value.size;
  document.documentElement.dataset["contrast"] = looks.value.contrast;
  keep("looks", looks.value);
});

/** The language that was chosen, else the browser's, else Dutch. @returns {import("../words/t.js").Language} */
export function firstLanguage() {
  const wanted = [kept("language", ""), ...navigator.languages.map((each) => each.slice(0, 2))];
  return wanted.find(isLanguage) ?? "nl";
}

/** @param {import("../words/t.js").Language} language */
export async function chooseLanguage(language) {
  keep("language", language);
  await speak(language);
}
