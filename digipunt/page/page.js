// The state of the services, for everybody.
const words = document.body.dataset;

async function showState(item) {
  const state = item.querySelector(".state");
  try {
    const answer = await fetch(`/${item.dataset.service}/health`);
    state.textContent = answer.ok ? words.up : words.down;
  } catch {
    state.textContent = words.down;
  }
}

document.querySelectorAll("#services li").forEach(showState);
