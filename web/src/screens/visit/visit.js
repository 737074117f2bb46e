/** *Nieuw bezoek*: the screen of fifteen seconds. A theme and *Bewaar* suffice. */
import { useEffect, useRef, useState } from "preact/hooks";
import { html } from "../../html.js";
import { dropDraft, draft, keepDraft } from "../../outbox/drafts.js";
import { NotStored, record, Refused, takeBack, UNDO_MS } from "../../outbox/items.js";
import { Notice } from "../../parts/notice.js";
import { Screen } from "../../parts/screen.js";
import { now, online } from "../../state/connection.js";
import { helper } from "../../state/helper.js";
import { keep, kept } from "../../state/kept.js";
import { point } from "../../state/point.js";
import { label } from "../../state/refdata.js";
import { refreshTiles } from "../../state/themes.js";
import { busy } from "../../update.js";
import { list, shortDay, t, time } from "../../words/t.js";
import { content, emptyForm, told } from "./fields.js";
import { VisitForm } from "./form.js";
import { Saved } from "./saved.js";
import { Twice } from "./twice.js";

/** @typedef {import("./fields.js").Form} Form */

const DRAFT = "visit";
const TWICE_MS = 60_000;
const DOUBLE_TAP_MS = 1_000;

export function NewVisit() {
  const [form, setForm] = useState(emptyForm());
  const [formKey, setFormKey] = useState(0);
  const [error, setError] = useState("");
  const [failure, setFailure] = useState(/** @type {string | null} */ (null));
  const [saved, setSaved] = useState(/** @type {any} */ (null));
  const [twice, setTwice] = useState(/** @type {Record<string, any> | null} */ (null));
  const [offered, setOffered] = useState(/** @type {Form | null} */ (null));
  const saving = useRef(false);
  const savedAt = useRef(0);
  const digipunt = point.value?.id;

  const dirty = form.startedAt !== null;
  useEffect(() => {
    busy("visit", dirty);
    return () => busy("visit", false);
  }, [dirty]);
  useEffect(() => {
    busy("undo", saved?.item !== undefined);
    const timer = setTimeout(() => busy("undo", false), UNDO_MS);
    return () => {
      clearTimeout(timer);
      busy("undo", false);
    };
  }, [saved]);
  useEffect(() => {
    if (digipunt) void refreshTiles(digipunt);
  }, [digipunt]);
  useEffect(() => void draft(DRAFT).then((found) => found && setOffered(found)), []);

  /** Two taps may come before the screen is drawn again, so each builds on the other. @param {Partial<Form>} fields */
  const set = (fields) => {
    setForm((old) => {
      const next = { ...old, ...fields, startedAt: old.startedAt ?? new Date(now()).toISOString() };
      void keepDraft(DRAFT, { ...next, note: "", card: "" });
      return next;
    });
    setError("");
    setOffered(null);
  };
  /** @param {string[]} place */
  const startOver = (place) => {
    setForm(emptyForm(place));
    setFormKey((key) => key + 1);
    setFailure(null);
    void dropDraft(DRAFT);
    scrollTo({ top: 0 });
    requestAnimationFrame(() => /** @type {HTMLElement | null} */ (document.querySelector("#themes .tile"))?.focus({ preventScroll: true }));
  };

  /** @param {Record<string, any>} body */
  const keepVisit = async (body) => {
    if (saving.current) return;
    saving.current = true;
    const id = crypto.randomUUID();
    try {
      const path = `/visits/v1/visits/${id}`;
      const item = await record({ id, method: "PUT", path, body, label: "", by: helper.value?.code ?? null, point: digipunt ?? "", hold: true });
      keep("lastVisit", { content: content(body), at: Date.now() });
      savedAt.current = Date.now();
      setSaved({ item, body, offline: !online.value });
      startOver(form.place);
    } catch (problem) {
      if (problem instanceof Refused) setFailure(problem.problem.issues?.[0]?.detail ?? problem.problem.detail);
      else if (problem instanceof NotStored) setFailure(t("visit.notSaved", { paper: onPaper(body) }));
      else throw problem;
    } finally {
      saving.current = false;
    }
  };

  const save = () => {
    if (saving.current || Date.now() - savedAt.current < DOUBLE_TAP_MS) return;
    if (form.themes.length === 0) {
      setError(t("visit.noTheme"));
      /** @type {HTMLElement | null} */ (document.querySelector("#themes .tile"))?.focus();
      return;
    }
    if (form.pending) return setError(t("visit.noCause", { service: label("onlineService", form.pending) }));
    if (form.noCard) return setError(t("visit.cardWrong"));
    const by = helper.value?.code;
    const body = { digipunt, ...told(form), ...(by ? { helper: by } : {}) };
    const last = kept("lastVisit", { content: "", at: 0 });
    if (last.content === content(body) && Date.now() - last.at < TWICE_MS) setTwice(body);
    else void keepVisit(body);
  };

  return html`
    <${Screen} title=${t("visit.title")} aside=${shortDay(now())}>
      <${Saved} saved=${saved} onUndo=${() => void undo(saved).then(() => setSaved({ undone: true }))}
        onAgain=${() => void keepVisit(again(saved.body))} />
      ${offered !== null && !dirty && html`<${Offer} onTake=${() => set({ ...offered })} onDrop=${() => { setOffered(null); void dropDraft(DRAFT); }} />`}
      <form class="screen" key=${formKey} onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); save(); }}
        onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.ctrlKey && event.key === "Enter" && save()}>
        <${VisitForm} form=${form} set=${set} error=${error} />
        ${failure && html`<${Notice} kind="err" live><p>${failure}</p><//>`}
        <div class="save-bar">
          ${error && html`<p class="error" aria-hidden="true">${error}</p>`}
          <button type="submit" class="button button-main button-wide" data-name="save">${t("visit.save")}</button>
        </div>
      </form>
      ${twice !== null && html`<${Twice} onOther=${() => { setTwice(null); void keepVisit(twice); }} onSame=${() => { setTwice(null); startOver(form.place); }} />`}
    <//>
  `;
}

/** Never sent: out of the outbox. Perhaps sent: it is taken back behind it. @param {{item: import("../../outbox/rules.js").Item}} saved */
async function undo({ item }) {
  keep("lastVisit", null);
  if (await takeBack(item)) return;
  await record({ id: item.id, method: "POST", path: `${item.path}/void`, body: { reason: "mistake" }, label: "", by: item.by, point: item.point });
}

/** The same for somebody else: nothing about a person, such as the card, the age or the note, goes along. @param {Record<string, any>} body */
const again = ({ digipunt, helper: by, themes, place }) => ({ digipunt, helper: by, themes, place, startedAt: new Date(now()).toISOString() });

/** What to write down when nothing can keep it. @param {Record<string, any>} body */
const onPaper = (body) =>
  [shortDay(body["startedAt"]), time(body["startedAt"]), list(body["themes"].map((/** @type {string} */ code) => label("theme", code)))].join(", ");

/** @param {{onTake: () => void, onDrop: () => void}} props */
const Offer = ({ onTake, onDrop }) => html`
  <${Notice}>
    <p>${t("visit.draft")}</p>
    <p class="buttons">
      <button type="button" class="button" onClick=${onTake}>${t("visit.draftTake")}</button>
      <button type="button" class="button" onClick=${onDrop}>${t("visit.draftDrop")}</button>
    </p>
  <//>
`;
