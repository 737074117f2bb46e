/** Visitor cards: five characters and a check character (mod 23), as `services/visits/model/codes.py` makes them. */

const ALPHABET = "234679ACDEFHJKMNPQRTWXY";
const BASE = 11;

/** The code that was meant, `K7Q4-2M`, however it was typed; null when it cannot be one. @param {string} text */
export function readCard(text) {
  const compact = text.toUpperCase().replace(/[^0-9A-Z]/g, "");
  let folded = 0;
  for (const character of compact) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return null;
    folded = (folded * BASE + value) % ALPHABET.length;
  }
  return compact.length === 6 && folded === 0 ? `${compact.slice(0, 4)}-${compact.slice(4)}` : null;
}
