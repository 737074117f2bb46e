/**
 * *Verbeter*: the form of a visit, filled. What still waits here is put right here, also without internet; what was sent is
 * put right at once, and never over what somebody else changed meanwhile.
 */
import { useLocation } from "preact-iso/router";
import { useEffect, useRef, useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { fieldsOf, sentence } from "../../api/refusals.js";
import { html } from "../../html.js";
import { outbox } from "../../outbox/items.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { now, online } from "../../state/connection.js";
import { helper, session } from "../../state/helper.js";
import { point } from "../../state/point.js";
import { t } from "../../words/t.js";
import { formOf, told } from "../visit/fields.js";
import { Changed } from "./changed.js";
import { Edit } from "./edit.js";
import { asker } from "./list.js";
import { applied, isOfVisit, patched, patchOf } from "./merge.js";
import { correctWaiting, pathOf } from "./save.js";

/** @typedef {import("../visit/fields.js").Form} Form */
/** @typedef {{visit: Record<string, any>, etag: string | null, waits: boolean, problem: import("../../api/client.js").Problem | null}} Found */

const CORRECTABLE_MS = 24 * 3_600_000;

/** What of a visit waits here, in order. @param {string} id */
const waitingOf = (id) => outbox.value.filter((item) => isOfVisit(item) && item.id === id);

/** The visit as it is known: the service's, with what waits here. @param {string} id @returns {Promise<Found | string>} the sentence when it is not */
async function find(id) {
  const [first, ...others] = waitingOf(id);
  const problem = waitingOf(id).find(({ state }) => state === "parked")?.problem ?? null;
  if (first?.method === "PUT") return { visit: others.reduce(applied, applied(undefined, first)), etag: null, waits: true, problem };
  const answer = await request("GET", pathOf(id), { as: asker() });
  if (answer.status !== 200) return answer.problem === null ? t("today.sendFirst") : sentence(answer);
  const stored = /** @type {import("./merge.js").Visit} */ (answer.data);
  return { visit: waitingOf(id).reduce(applied, stored), etag: answer.etag, waits: first !== undefined, problem };
}

/** Why it cannot be put right any more; "" when it can. @param {Record<string, any>} visit */
function obstacle(visit) {
  if (visit["state"] === "voided") return t("today.isStruck");
  const isOld = visit["registeredAt"] !== undefined && now() - Date.parse(visit["registeredAt"]) > CORRECTABLE_MS;
  return isOld && session.value?.role !== "coordinator" ? t("today.tooLate") : "";
}

/** @param {{params: {id: string}}} props */
export default function Correct({ params: { id } }) {
  const { route } = useLocation();
  const [found, setFound] = useState(/** @type {Found | string | null} */ (null));
  const [theirs, setTheirs] = useState(/** @type {(Found & {form: Form}) | null} */ (null));
  const [failure, setFailure] = useState("");
  const saving = useRef(false);
  useEffect(() => void find(id).then(setFound), [id]);

  /** @param {Found} from @param {Record<string, any>} after @param {Form} form */
  const send = async (from, after, form) => {
    const patch = patchOf(told(formOf(from.visit)), after);
    if (Object.keys(patch).length === 0) return route("/vandaag");
    const answer = await request("PATCH", pathOf(id), { body: patch, etag: from.etag, as: asker() });
    if (answer.status === 200) return route("/vandaag");
    if (answer.status !== 412) return setFailure(sentence(answer));
    const fresh = await find(id);
    if (typeof fresh === "string") setFailure(fresh);
    else setTheirs({ ...fresh, form });
  };
  /** @param {Form} form */
  const save = async (form) => {
    if (saving.current || found === null || typeof found === "string") return;
    saving.current = true;
    setFailure("");
    const before = told(formOf(found.visit));
    const items = waitingOf(id);
    if (items.length > 0) {
      await correctWaiting(items, before, told(form), { by: helper.value?.code ?? null, point: point.value?.id ?? "" });
      route("/vandaag");
    } else if (found.etag !== null) await send(found, told(form), form);
    else {
      // It was sent while the form was open: what was changed here is changed there.
      const fresh = await find(id);
      if (typeof fresh === "string") setFailure(fresh);
      else await send(fresh, patched(told(formOf(fresh.visit)), patchOf(before, told(form))), form);
    }
    saving.current = false;
  };

  const problem = found === null ? "" : typeof found === "string" ? found : obstacle(found.visit);
  const back = html`<a class="button" data-name="back" href="/vandaag">${t("today.back")}</a>`;
  if (found === null || typeof found === "string" || problem) {
    return html`
      <${Screen} title=${t("today.correctTitle")}>
        ${problem ? html`<${Notice} kind="warn" live><p>${problem}</p><//>` : html`<p role="status">${t("common.wait")}</p>`}
        <p class="buttons">${back}</p>
      <//>
    `;
  }
  if (theirs !== null) {
    const mine = patched(told(formOf(theirs.visit)), patchOf(told(formOf(found.visit)), told(theirs.form)));
    return html`
      <${Changed} theirs=${theirs.visit} mine=${mine} failure=${failure} onMine=${() => send(theirs, mine, theirs.form)} onTheirs=${() => route("/vandaag")} />
    `;
  }
  return html`
    <${Screen} title=${t("today.correctTitle")}>
      ${!found.waits && !online.value && html`<${Notice} kind="warn"><p>${t("today.sendFirst")}</p><//>`}
      ${found.problem !== null && html`<${Notice} kind="err"><p>${sentence({ status: found.problem.status, problem: found.problem })}</p><//>`}
      <${Edit} visit=${found.visit} refused=${fieldsOf(found.problem)} failure=${failure} onSave=${save} back=${back} />
    <//>
  `;
}
