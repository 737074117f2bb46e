/** A Belgian number as people write it: `016 00 10 12`, `0470 12 34 56`, `02 123 45 67`; any other as it is kept. */

/** @param {string} number in E.164 */
export function spoken(number) {
  const national = /^\+32(\d{8,9})$/.exec(number)?.[1];
  if (national === undefined) return number;
  const digits = `0${national}`;
  if (digits.length === 10) return digits.replace(/^(\d{4})(\d{2})(\d{2})(\d{2})$/, "$1 $2 $3 $4");
  return /^0[2349]/.test(digits)
    ? digits.replace(/^(\d{2})(\d{3})(\d{2})(\d{2})$/, "$1 $2 $3 $4")
    : digits.replace(/^(\d{3})(\d{2})(\d{2})(\d{2})$/, "$1 $2 $3 $4");
}
