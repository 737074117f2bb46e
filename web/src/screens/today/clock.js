/** A day and an hour on Belgium's clock, and the moment that they are. Pure. */

const HOURS = new Intl.DateTimeFormat("nl-BE", { timeZone: "Europe/Brussels", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const DAYS = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Brussels" });

/** The hour of a moment, `10:12`, as a field of type time wants it. @param {Date | string | number} moment */
export const hourOf = (moment) => HOURS.format(new Date(moment));

/**
 * The moment of an hour of a day, in ms; null when either is none. Of an hour that does not exist (the night the clock goes
 * forward) it gives the one after.
 * @param {string} day `2026-03-03` @param {string} hour `10:12`
 */
export function momentOf(day, hour) {
  const wanted = Date.parse(`${day}T${hour}:00Z`);
  if (Number.isNaN(wanted)) return null;
  // What Belgium's clock shows at that moment of UTC is off by the very difference that is looked for.
  const shown = Date.parse(`${DAYS.format(wanted)}T${HOURS.format(wanted)}:00Z`);
  return wanted - (shown - wanted);
}
