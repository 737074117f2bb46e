/** The whole: who may see what, the frame around a screen, and the screens themselves. */
import { LocationProvider, Route, Router, useLocation } from "preact-iso/router";
import { ErrorBoundary } from "preact-iso/lazy";
import { useEffect } from "preact/hooks";
import { html } from "./html.js";
import { Frame } from "./frame.js";
import { Notice } from "./parts/notice.js";
import { Screen } from "./parts/screen.js";
import { ROUTES } from "./routes.js";
import { Checks } from "./screens/pair/checks.js";
import { Names } from "./screens/pair/names.js";
import { Pair } from "./screens/pair/pair.js";
import { Pin } from "./screens/pair/pin.js";
import { away } from "./state/connection.js";
import { isPaired, justPaired, pairingAgain, takenBack } from "./state/device.js";
import { chosen, helpers, level, readsOnly, session } from "./state/helper.js";
import { unpairedOnPurpose } from "./state/point.js";
import { atRest } from "./update.js";
import { t } from "./words/t.js";

export const App = () => html`
  <${LocationProvider}>
    <${ErrorBoundary}>
      <${Door} />
    <//>
  <//>
`;

/** What stands before the screens: pairing, then the names. */
function Door() {
  if (readsOnly.value) return html`<${Frame}><${Screens} routes=${ROUTES.filter(({ policy }) => policy)} /><//>`;
  if (justPaired.value !== null) return html`<main id="main"><${Checks} check=${justPaired.value} onStart=${() => (justPaired.value = null)} /></main>`;
  // Whoever sits at a laptop that was taken back goes on noting: what is kept is sent once it is paired again.
  const goesOn = takenBack.value || (session.value !== null && unpairedOnPurpose.value);
  if (pairingAgain.value || (!isPaired.value && !goesOn)) return html`<${Pair} />`;
  if (isPaired.value && !chosen.value && session.value === null && helpers.value.length > 0) return html`<${Names} />`;
  return html`<${Frame}><${Screens} routes=${ROUTES} /><//>`;
}

/** @param {{routes: import("./routes.js").Route[]}} props */
function Screens({ routes }) {
  const { path } = useLocation();
  useEffect(() => void (atRest.value = path === "/"), [path]);
  useEffect(() => () => void (atRest.value = true), []);
  return html`
    <${Router}>
      ${routes.map((route) => html`<${Route} key=${route.path} path=${route.path} component=${Guarded} route=${route} />`)}
      <${Route} default component=${Nowhere} />
    <//>
  `;
}

/** The screen, or what is missing before it can be shown. @param {{route: import("./routes.js").Route, [name: string]: any}} props */
function Guarded({ route, ...rest }) {
  if (route.service !== "" && away.value.has(route.service)) return html`<${Away} service=${route.service} tab=${route.tab} />`;
  if (route.level > level.value && !readsOnly.value) return html`<${Pin} level=${route.level} />`;
  return html`<${route.component} ...${rest} />`;
}

/** @param {{service: string, tab: string}} props */
const Away = ({ service, tab }) => html`
  <${Screen} title=${t(`tab.${tab}`)}>
    <${Notice} kind="warn"><p>${t(`away.${service}`)}</p><//>
  <//>
`;

function Nowhere() {
  const { path, route } = useLocation();
  // The link with which a policy officer signs in leads to the first screen, which is the desk's.
  const leads = readsOnly.value && path === "/";
  useEffect(() => {
    if (leads) route("/cijfers/knelpunten", true);
  }, [leads]);
  if (leads) return null;
  return html`
    <${Screen} title=${t("nowhere.title")}>
      <p>${t("nowhere.text")}</p>
      <p class="buttons"><button type="button" class="button button-main" onClick=${() => route("/")}>${t(readsOnly.value ? "nowhere.figures" : "nowhere.go")}</button></p>
    <//>
  `;
}
