/**
 * The service worker: the whole app is on the laptop before it is needed, and a new version waits until the page takes it.
 *
 * What comes over the network is the services' own and goes past it. `src/update.js` says when SKIP_WAITING is sent.
 */
import { clientsClaim } from "workbox-core";
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

/** The first part of addresses that are no screens of the app. */
const SERVICES = /^\/(visits|loans|notifications|reporting|desk|openData|edge|metrics)\b/;

precacheAndRoute(__PRECACHE__);
cleanupOutdatedCaches();
// The page of the first visit too opens screens without network that it never opened before.
clientsClaim();
registerRoute(new NavigationRoute(createHandlerBoundToURL("/index.html"), { denylist: [SERVICES] }));
self.addEventListener("message", (event) => {
  if (event.data?.type === "SKIP_WAITING") self.skipWaiting();
});
