/** Where each screen is, what it needs, and whose tab it stands under. A screen is loaded when it is opened, the first one at once. */
import lazy from "preact-iso/lazy";
import { NewVisit } from "./screens/visit/visit.js";
import { learn } from "./words/t.js";

/**
 * @typedef {{path: string, component: any, level: 0 | 1 | 2, service: string, tab: string, policy?: boolean}} Route
 *   `policy`: a policy officer sees it too, who reads figures and nothing of the desk
 */

/** @param {() => Promise<any>} load */
const later = (load) => lazy(load);

/** A screen with words of its own. @param {import("./words/t.js").Area} area @param {() => Promise<any>} load */
const withWords = (area, load) => lazy(async () => (await Promise.all([load(), learn(area)]))[0]);

/** @type {Route[]} */
export const ROUTES = [
  { path: "/", component: NewVisit, level: 0, service: "visits", tab: "visit" },
  { path: "/vandaag", component: later(() => import("./screens/today/today.js")), level: 0, service: "visits", tab: "today" },
  { path: "/vandaag/:id", component: later(() => import("./screens/today/correct.js")), level: 0, service: "visits", tab: "today" },
  { path: "/telblad", component: later(() => import("./screens/today/tally.js")), level: 0, service: "visits", tab: "more" },
  { path: "/toestellen", component: later(() => import("./screens/devices/devices.js")), level: 0, service: "loans", tab: "devices" },
  { path: "/toestellen/terug/:id", component: later(() => import("./screens/devices/back.js")), level: 0, service: "loans", tab: "devices" },
  { path: "/toestellen/nakijken/:id", component: later(() => import("./screens/devices/check.js")), level: 0, service: "loans", tab: "devices" },
  { path: "/toestellen/meegeven", component: later(() => import("./screens/devices/lend.js")), level: 1, service: "loans", tab: "devices" },
  { path: "/toestellen/klaar/:id", component: later(() => import("./screens/devices/ready.js")), level: 1, service: "loans", tab: "devices" },
  { path: "/toestellen/aanvraag/:id", component: later(() => import("./screens/devices/request.js")), level: 1, service: "loans", tab: "devices" },
  { path: "/toestellen/lener", component: later(() => import("./screens/devices/person.js")), level: 1, service: "loans", tab: "devices" },
  { path: "/toestellen/toestel/:id", component: later(() => import("./screens/devices/device.js")), level: 0, service: "loans", tab: "devices" },
  { path: "/toestellen/nieuw", component: later(() => import("./screens/devices/new_device.js")), level: 2, service: "loans", tab: "devices" },
  { path: "/toestellen/langer/:id", component: later(() => import("./screens/devices/longer.js")), level: 1, service: "loans", tab: "devices" },
  { path: "/toestellen/etiketten", component: later(() => import("./screens/devices/labels.js")), level: 1, service: "loans", tab: "devices" },
  { path: "/toestellen/stock", component: later(() => import("./screens/devices/stock.js")), level: 2, service: "loans", tab: "devices" },
  { path: "/sessies", component: later(() => import("./screens/sessions/sessions.js")), level: 0, service: "visits", tab: "sessions" },
  { path: "/sessies/nieuw", component: later(() => import("./screens/sessions/plan.js")), level: 2, service: "visits", tab: "sessions" },
  { path: "/sessies/:id", component: later(() => import("./screens/sessions/session.js")), level: 0, service: "visits", tab: "sessions" },
  { path: "/sessies/:id/inschrijven", component: later(() => import("./screens/sessions/register.js")), level: 1, service: "visits", tab: "sessions" },
  { path: "/sessies/:id/aanwezig", component: later(() => import("./screens/sessions/attendance.js")), level: 0, service: "visits", tab: "sessions" },
  { path: "/bellen", component: later(() => import("./screens/calls/calls.js")), level: 1, service: "notifications", tab: "calls" },
  { path: "/zeg-het", component: later(() => import("./screens/calls/in_person.js")), level: 1, service: "notifications", tab: "calls" },
  { path: "/brieven", component: later(() => import("./screens/letters/letters.js")), level: 2, service: "notifications", tab: "more" },
  { path: "/niet-bereikt", component: later(() => import("./screens/letters/unreachable.js")), level: 2, service: "notifications", tab: "more" },
  { path: "/laptops", component: later(() => import("./screens/people/laptops.js")), level: 2, service: "desk", tab: "more" },
  { path: "/helpers", component: later(() => import("./screens/people/helpers.js")), level: 2, service: "desk", tab: "more" },
  { path: "/gegevens", component: withWords("persons", () => import("./screens/persons/persons.js")), level: 2, service: "loans", tab: "more" },
  { path: "/cijfers", component: withWords("figures", () => import("./screens/figures/overview.js")), level: 2, service: "reporting", tab: "figures", policy: true },
  { path: "/cijfers/knelpunten", component: withWords("figures", () => import("./screens/figures/bottlenecks.js")), level: 2, service: "reporting", tab: "figures", policy: true },
  { path: "/cijfers/subsidie", component: withWords("figures", () => import("./screens/figures/grant.js")), level: 2, service: "reporting", tab: "figures", policy: true },
  { path: "/cijfers/verslag", component: withWords("figures", () => import("./screens/figures/report.js")), level: 2, service: "reporting", tab: "figures", policy: true },
  { path: "/weergave", component: later(() => import("./screens/status/display.js")), level: 0, service: "", tab: "display", policy: true },
  { path: "/toestand", component: later(() => import("./screens/status/status.js")), level: 0, service: "", tab: "more" },
  { path: "/toegankelijk", component: withWords("accessible", () => import("./screens/accessible/accessible.js")), level: 0, service: "", tab: "more", policy: true },
  { path: "/meer", component: later(() => import("./screens/status/more.js")), level: 0, service: "", tab: "more" },
];

/** @typedef {{name: string, path: string, icon: string, wide?: boolean}} Tab */

/** @type {Tab[]} */
export const TABS = [
  { name: "visit", path: "/", icon: "pencil" },
  { name: "today", path: "/vandaag", icon: "list" },
  { name: "devices", path: "/toestellen", icon: "laptop" },
  { name: "sessions", path: "/sessies", icon: "calendar", wide: true },
  { name: "calls", path: "/bellen", icon: "phone", wide: true },
  { name: "more", path: "/meer", icon: "menu" },
];

/** @type {Tab[]} */
export const TABS_OF_POLICY = [
  { name: "figures", path: "/cijfers", icon: "chart-column" },
  { name: "display", path: "/weergave", icon: "accessibility" },
];
