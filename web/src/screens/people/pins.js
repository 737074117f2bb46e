/** The two fields of a new PIN. Pure. */

const FOUR_DIGITS = /^\d{4}$/;

/** What is amiss with what was typed: the last part of its key; "" when nothing is. @param {string} pin @param {string} again */
export const fault = (pin, again) => (!FOUR_DIGITS.test(pin) ? "pinFour" : pin !== again ? "pinOther" : "");
