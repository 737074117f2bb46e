/** Days and hours as people write them, in Belgium, whatever the laptop's own time zone is. Pure. */

const HOUR_MS = 3_600_000;
const WALL = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Brussels", dateStyle: "short", timeStyle: "short" });

/** A moment as Belgium's clock shows it. @param {string | number | Date} moment @returns {{day: string, clock: string}} `2026-03-03` and `14:00` */
export function onTheWall(moment) {
  const [day = "", clock = ""] = WALL.format(new Date(moment)).split(" ");
  return { day, clock };
}

/** The moment at which Belgium's clock shows this. @param {string} day `2026-03-03` @param {string} clock `14:00` */
export function momentOf(day, clock) {
  const unzoned = Date.parse(`${day}T${clock}:00Z`);
  const found = [2, 1].map((hours) => unzoned - hours * HOUR_MS).find((moment) => WALL.format(moment) === `${day} ${clock}`);
  // In the hour that is skipped in spring the clock goes on to the next.
  return new Date(found ?? unzoned - HOUR_MS).toISOString();
}

/** The same day of the week, so many weeks in a row. @param {string} day @param {number} weeks @returns {string[]} */
export const weekly = (day, weeks) =>
  Array.from({ length: weeks }, (_, week) => new Date(Date.parse(`${day}T12:00:00Z`) + week * 7 * 24 * HOUR_MS).toISOString().slice(0, 10));

/** Whether it is a day and an hour at all. @param {string} day @param {string} clock */
export const isMoment = (day, clock) => /^\d{4}-\d\d-\d\d$/.test(day) && /^\d\d:\d\d$/.test(clock) && !Number.isNaN(Date.parse(`${day}T${clock}:00Z`));
