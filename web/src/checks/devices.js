/**
 * The rules of devices as the desk needs them: what is kept of one, what is waiting to be sent makes of it, and which page it
 * opens. As `services/loans/model/devices.py` has them. Pure.
 */

/**
 * @typedef {object} Device what the laptop keeps of a device: nothing about a person
 * @property {string} id
 * @property {string} kind
 * @property {string} label
 * @property {string} state
 * @property {string} at the digipunt where it is when nobody has it
 * @property {string} digipunt its home
 * @property {string} municipality
 * @property {string} condition
 * @property {string[]} accessories
 * @property {string[]} missingAccessories
 * @property {boolean} checked
 * @property {boolean} wiped
 * @property {string | null} loan the loan that has it, or for which it is reserved
 * @property {string | null} behind the subject of what waits about it: what comes next goes behind that
 *
 * @typedef {{id: string, service: string, path: string, body: string, state: string}} Pending
 * @typedef {"lend" | "back" | "check" | "ready"} Page
 */

/** Kinds on which a borrower can leave nothing. */
const HOLDS_NOTHING = ["cardReader", "screen", "mouseKeyboard", "charger", "bag"];
const NOT_USABLE = ["damaged", "unusable"];
const OUT_OF_SERVICE = ["preparing", "inRepair", "missing"];
/** Nobody has it or waits for it, so it can be looked over. */
export const AT_THE_POINT = ["available", "returnedUnchecked", "toWipe", ...OUT_OF_SERVICE];

/** Whether there is something to wipe on it. @param {{kind: string}} device */
export const holdsData = ({ kind }) => !HOLDS_NOTHING.includes(kind);

/** A device without its note and whatever else is not needed here. @param {Record<string, any>} answer @returns {Device} */
export const bare = (answer) => ({
  id: answer["id"],
  kind: answer["kind"],
  label: answer["label"],
  state: answer["state"],
  at: answer["at"] ?? answer["digipunt"],
  digipunt: answer["digipunt"],
  municipality: answer["municipality"],
  condition: answer["condition"],
  accessories: answer["accessories"] ?? [],
  missingAccessories: answer["missingAccessories"] ?? [],
  checked: answer["checked"] ?? true,
  wiped: answer["wiped"] ?? true,
  loan: answer["loan"] ?? null,
  behind: null,
});

/** @param {Device} device */
function resting(device) {
  if (!device.checked) return "returnedUnchecked";
  if (!device.wiped) return "toWipe";
  return NOT_USABLE.includes(device.condition) ? "inRepair" : "available";
}

/**
 * Devices as they are once what waits has arrived. What was refused changes nothing.
 * @param {Device[]} devices @param {Pending[]} items in order @returns {Device[]}
 */
export function withPending(devices, items) {
  const ours = items.filter(({ service, state }) => service === "loans" && state === "waiting");
  return ours.length === 0 ? devices : devices.map((device) => ours.reduce(after, device));
}

/** @param {Device} device @param {Pending} item @returns {Device} */
function after(device, item) {
  const [, resource, id, action] = item.path.match(/^\/loans\/v1\/(\w+)\/([^/]+)\/(\w+)$/) ?? [];
  const body = JSON.parse(item.body);
  if (resource === "loans" && action === "return" && body.devices?.includes(device.id) && device.loan === id) {
    return {
      ...device,
      state: "returnedUnchecked",
      at: body.digipunt ?? device.at,
      checked: false,
      wiped: !holdsData(device),
      loan: null,
      behind: item.id,
    };
  }
  if (resource !== "devices" || id !== device.id) return device;
  if (action === "wiped") return settled({ ...device, wiped: true, behind: item.id });
  if (action !== "check") return device;
  return settled({
    ...device,
    condition: body.condition,
    missingAccessories: body.missingAccessories ?? [],
    checked: true,
    wiped: device.wiped || body.wiped === true,
    at: body.digipunt ?? device.at,
    behind: item.id,
  });
}

/** @param {Device} device @returns {Device} */
const settled = (device) => ({ ...device, state: resting(device) });

/**
 * What to do with a device that was found: a page, or the reason why there is none, said before anybody can choose. A reason may
 * come with a page too, for who has the device in hand all the same.
 * @param {Device} device @param {string} here the digipunt @returns {{page: Page | null, reason: string | null}}
 */
export function pageFor({ state, at, digipunt, loan }, here) {
  if (state === "onLoan") return loan === null ? { page: null, reason: "unknownLoan" } : { page: "back", reason: null };
  if (state === "reserved") return { page: loan === null ? null : "ready", reason: "reserved" };
  if (state === "available" && at === here) return { page: "lend", reason: null };
  if (!AT_THE_POINT.includes(state)) return { page: null, reason: state === "retired" ? "retired" : "unknownState" };
  // Only where it is, or where its home is, somebody may look it over.
  const page = at === here || digipunt === here ? "check" : null;
  if (OUT_OF_SERVICE.includes(state)) return { page, reason: state };
  return { page, reason: at === here ? null : "elsewhere" };
}

/** Why it cannot be given along now; null when it can. @param {Device} device @param {string} here */
export function whyNot({ state, at }, here) {
  if (state !== "available") return state;
  return at === here ? null : "elsewhere";
}
