/**
 * Which eight themes come first at this digipunt: those it had most often in 90 days. The order changes at most once a week and
 * never during a day, for hands remember places.
 */
import { signal } from "@preact/signals";
import { request } from "../api/client.js";
import { now } from "./connection.js";
import { keep, kept } from "./kept.js";
import { codes } from "./refdata.js";
import { isoDay } from "../words/t.js";

export const FIRST = 8;
const USUAL = ["digitalId", "email", "tax", "deviceProblem", "health", "accountsPasswords", "banking", "printScan"];
const DAY_MS = 24 * 3_600_000;

/** @type {Record<string, string>} */
export const THEME_ICONS = {
  deviceStart: "laptop", deviceProblem: "wrench", internetWifi: "wifi", email: "mail", accountsPasswords: "key-round",
  digitalId: "id-card", apps: "smartphone", messagingSocial: "message-circle", photosFiles: "image", office: "file-text",
  onlineSafety: "shield", banking: "landmark", shopping: "shopping-cart", government: "building-2", tax: "euro",
  health: "heart-pulse", work: "briefcase", school: "graduation-cap", housingEnergy: "house", mobility: "bus",
  familyBenefits: "baby", residencePapers: "scroll-text", leisure: "ticket", ai: "bot", skillsCheck: "list-checks",
  printScan: "printer", other: "ellipsis",
};

/** The themes in four groups; a code that came later stands in the last. */
export const GROUPS = [
  { name: "device", themes: ["deviceStart", "deviceProblem", "internetWifi", "apps", "photosFiles", "office", "printScan"] },
  { name: "online", themes: ["email", "messagingSocial", "accountsPasswords", "digitalId", "onlineSafety", "skillsCheck", "ai"] },
  { name: "papers", themes: ["government", "tax", "health", "work", "school", "housingEnergy", "familyBenefits", "residencePapers"] },
  { name: "life", themes: ["banking", "shopping", "mobility", "leisure", "other"] },
];

/** @type {import("@preact/signals").Signal<{week: string, order: string[]}>} */
const tiles = signal(kept("themeTiles", { week: "", order: USUAL }));

/** The themes on the tiles, all of them still in use. */
export function firstThemes() {
  const offered = new Set(codes("theme").map(({ code }) => code));
  return [...new Set([...tiles.value.order, ...USUAL])].filter((code) => offered.has(code)).slice(0, FIRST);
}

/** The Monday of the week, in Belgium. */
function thisWeek() {
  const today = new Date(`${isoDay(now())}T12:00:00Z`);
  return isoDay(today.getTime() - ((today.getUTCDay() + 6) % 7) * DAY_MS);
}

/** Once a week, count what the last 90 days were about. @param {string} digipunt */
export async function refreshTiles(digipunt) {
  if (tiles.value.week === thisWeek()) return;
  const from = isoDay(now() - 90 * DAY_MS);
  const answer = await request("GET", `/visits/v1/visits?digipunt=${digipunt}&from=${from}&pageSize=500`);
  if (answer.status !== 200) return;
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { themes } of answer.data.items) for (const theme of themes) counts.set(theme, (counts.get(theme) ?? 0) + 1);
  const order = [...counts].sort(([, one], [, other]) => other - one).map(([code]) => code);
  tiles.value = { week: thisWeek(), order: [...order, ...USUAL].slice(0, FIRST) };
  keep("themeTiles", tiles.value);
}
