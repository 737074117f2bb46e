/**
 * A first look at free text while somebody types; the service looks better when it is sent. Returns the kind that was found.
 *
 * Kept simple on purpose: it warns and never blocks, so it may miss what the service finds.
 */

/** @typedef {"register" | "phone" | "email" | "account" | "password"} Kind */

/** @param {string} text @returns {Kind | null} */
export function sensitive(text) {
  if (/[^\s@]+@[^\s@]+\.[a-z]{2,}/i.test(text)) return "email";
  if (/\b[A-Z]{2}\d{2}(?:[ .-]?\d{4}){3,}/i.test(text)) return "account";
  if (hasRegisterNumber(text)) return "register";
  if (/(?:\+|\b00|\b0)\d(?:[ ./-]?\d){7,11}\b/.test(text)) return "phone";
  if (/\b(?:wachtwoord|paswoord|ww|pincode|pin|code|mot de passe|mdp|password)\b\s*(?:is|=|:|est)\s*\S+/i.test(text)) return "password";
  return null;
}

/** Eleven digits whose last two check the others, before or after 2000. @param {string} text */
function hasRegisterNumber(text) {
  return [...text.matchAll(/(?:\d[ .-]?){10}\d/g)].some(([found]) => {
    const digits = found.replace(/\D/g, "");
    const first = digits.slice(0, 9);
    const check = Number(digits.slice(9));
    return [first, `2${first}`].some((number) => 97 - (Number(number) % 97) === check);
  });
}
