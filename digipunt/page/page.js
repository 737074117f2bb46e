// The state of the services for everybody; figures for who signed in with the link that `digipunt serve` printed.
const words = document.body.dataset;
const message = document.getElementById("message");

async function showState(item) {
  const state = item.querySelector(".state");
  try {
    const answer = await fetch(`/${item.dataset.service}/health`);
    state.textContent = answer.ok ? words.up : words.down;
  } catch {
    state.textContent = words.down;
  }
}

function counted(time) {
  if (!time) return "";
  const format = { dateStyle: "long", timeStyle: "short", timeZone: "Europe/Brussels" };
  return `${words.counted} ${new Date(time).toLocaleString(document.documentElement.lang, format)}.`;
}

async function signIn() {
  const code = location.hash.slice(1);
  if (!code) return;
  history.replaceState(null, "", location.pathname + location.search);
  const answer = await fetch("/signIn", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ code }),
  });
  if (answer.ok) sessionStorage.setItem("token", (await answer.json()).token);
  else message.textContent = words.failed;
}

async function showFigures() {
  const token = sessionStorage.getItem("token");
  if (!token) return;
  const today = new Date().toLocaleDateString("sv-SE", { timeZone: "Europe/Brussels" });
  const period = `from=${today.slice(0, 4)}-01-01&to=${today}`;
  const answer = await fetch(`/reporting/v1/summary?${period}&language=${document.documentElement.lang}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  if (!answer.ok) return;
  const summary = await answer.json();
  document.getElementById("contacts").textContent = summary.contacts;
  document.getElementById("people").textContent = summary.people.estimated ?? "–";
  document.getElementById("contactsDefinition").textContent = summary.definition;
  document.getElementById("peopleDefinition").textContent = summary.people.definition;
  document.getElementById("counted").textContent = counted(summary.asOf.visits.time);
  document.getElementById("figures").hidden = false;
  message.textContent = "";
}

async function showFilling(place) {
  const { part } = await (await fetch("/filled")).json();
  place.hidden = part >= 1;
  place.textContent = place.dataset.text.replace("{part}", Math.floor(part * 100));
  if (part < 1) setTimeout(showFilling, 1000, place);
  else await showFigures();
}

document.querySelectorAll("#services li").forEach(showState);
document.querySelectorAll("#filling").forEach(showFilling);
signIn().then(showFigures);
