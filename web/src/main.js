/** Starts everything, in this order: words, what is kept here, who may come in, the screen; then the sending. */
import { render } from "preact";
import { request } from "./api/client.js";
import { App } from "./app.js";
import { html } from "./html.js";
import { open, outbox, parked } from "./outbox/items.js";
import { flush, onRound, start } from "./outbox/send.js";
import { isPaired, laptop } from "./state/device.js";
import { enter, openLink, refreshHelpers, watch } from "./state/helper.js";
import { refreshAbout } from "./state/about.js";
import { refreshDigipunts } from "./state/point.js";
import { refreshRefData } from "./state/refdata.js";
import { keepInTab, ofTab } from "./state/kept.js";
import { linkFailed } from "./state/link.js";
import { firstLanguage } from "./state/settings.js";
import { watchForUpdates } from "./update.js";
import { speak } from "./words/t.js";

const HEARTBEAT_MS = 60_000;
const REFRESH_MS = 15 * 60_000;

/** The code of a printed link, taken out of the address so that it stays in no history. */
async function useLink() {
  const code = new URLSearchParams(location.hash.slice(1)).get("signIn");
  if (code === null) return;
  const answer = await openLink(code);
  // Whoever has no internet can try it again.
  if (answer.status !== 0) history.replaceState(null, "", location.pathname);
  linkFailed.value = answer.status === 0 ? "offline" : answer.problem === null ? "" : "used";
}

/** Back from the issuer of accounts, with a code in the address. */
async function useAccount() {
  if (!location.search.includes("state=")) return;
  const { comeBack } = await import("./state/account.js");
  linkFailed.value = await comeBack({ request, enter, keepInTab, ofTab });
}

async function refreshAll() {
  await refreshAbout();
  await Promise.all([refreshRefData(), refreshDigipunts(), refreshHelpers()]);
}

let beatAt = 0;

/** Tell the coordinator's list of laptops what waits here. */
async function beat() {
  if (!isPaired.value || laptop.value === null || Date.now() - beatAt < HEARTBEAT_MS) return;
  beatAt = Date.now();
  const persisted = await navigator.storage?.persisted?.().catch(() => false);
  const body = {
    waiting: outbox.value.length - parked.value.length,
    parked: parked.value.length,
    version: __VERSION__,
    storage: persisted ? "persistent" : "bestEffort",
  };
  await request("PUT", `/desk/v1/laptops/${laptop.value.id}/heartbeat`, { body });
}

await Promise.all([speak(firstLanguage()), open(), useLink(), useAccount()]);
render(html`<${App} />`, /** @type {HTMLElement} */ (document.getElementById("app")));
watch();
// A link that is opened in a tab that shows the app already loads nothing.
addEventListener("hashchange", () => {
  if (location.hash.startsWith("#signIn=")) location.reload();
});
onRound.add(() => void beat());
start();
void refreshAll();
setInterval(() => {
  if (document.visibilityState === "visible") void refreshAll();
}, REFRESH_MS);
addEventListener("online", () => void refreshAll());
void navigator.storage?.persist?.().catch(() => false);
requestIdleCallback(() => void watchForUpdates());
isPaired.subscribe((paired) => {
  if (paired) void refreshAll().then(() => flush({ hurry: true }));
});
