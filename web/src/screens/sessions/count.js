/**
 * Who was there, as counts. A tick stands for one registration and says how many of its people came; only the sums leave this
 * laptop. Pure.
 */

/**
 * @typedef {{key: string, number: number, seats: number, reference?: string}} Place one registration, or one seat when this laptop
 *   may not see the registrations
 * @typedef {{places: Place[], ticks: Record<string, number>, walkIn: number, bands: Record<string, number>}} Count
 */

/** Above this a list of tiles helps nobody. */
export const MOST_TILES = 60;

/** @returns {Count} */
export const emptyCount = () => ({ places: [], ticks: {}, walkIn: 0, bands: {} });

/** Registrations that have their seats; who waits and comes all the same is counted with those without one. @param {any[]} registrations @returns {Place[]} */
export const placesOf = (registrations) =>
  registrations
    .filter(({ state }) => state === "confirmed")
    .map(({ id, number, seats, reference }) => ({ key: id, number, seats, reference }));

/** A place for each seat that is taken, for who may not see by whom. @param {number} taken @returns {Place[]} */
export const seatsOf = (taken) => Array.from({ length: taken }, (_, place) => ({ key: `seat${place + 1}`, number: place + 1, seats: 1 }));

/** What stays on the laptop of the places: the number and the seats, no code that somebody holds. @param {Count} count @returns {Count} */
export const toKeep = (count) => ({ ...count, places: count.places.map(({ key, number, seats }) => ({ key, number, seats })) });

/** Whether these stand for seats, not for registrations. @param {{key: string}[]} places */
const areSeats = (places) => places[0]?.key.startsWith("seat") ?? false;

/**
 * The places as they are now, with the ticks that still fit. What was begun by seats goes on by seats, and registrations that
 * were seen stay when they may be seen no more: nobody has to begin again.
 * @param {Count} count @param {Place[]} places @returns {Count}
 */
export function withPlaces(count, places) {
  const ticked = Object.keys(count.ticks).map((key) => ({ key }));
  if (areSeats(places) !== areSeats(count.places) && (ticked.length > 0 || (areSeats(places) && count.places.length > 0))) return count;
  const ticks = Object.fromEntries(
    places.filter(({ key }) => count.ticks[key]).map(({ key, seats }) => [key, Math.min(/** @type {number} */ (count.ticks[key]), seats)]),
  );
  return { ...count, places, ticks };
}

/** Tapped: all of its people are there; tapped again: none. @param {Count} count @param {Place} place @returns {Count} */
export function tapped(count, place) {
  const { [place.key]: there, ...rest } = count.ticks;
  return { ...count, ticks: there ? rest : { ...rest, [place.key]: place.seats } };
}

/** @param {Record<string, number>} counts */
const sum = (counts) => Object.values(counts).reduce((total, each) => total + each, 0);

/** @param {Count} count */
export const registeredOf = ({ ticks }) => sum(ticks);

/** @param {Count} count */
export const presentOf = (count) => sum(count.ticks) + count.walkIn;

/** How many people the age bands still miss; negative when they have too many; 0 when they fit or were not asked. @param {Count} count */
export const bandsMiss = (count) => (sum(count.bands) === 0 ? 0 : presentOf(count) - sum(count.bands));

/** The body as the service takes it. @param {Count} count */
export const bodyOf = (count) => ({
  present: presentOf(count),
  registered: registeredOf(count),
  walkIn: count.walkIn,
  ageBands: Object.entries(count.bands).filter(([, each]) => each > 0).map(([code, each]) => ({ code, count: each })),
});
