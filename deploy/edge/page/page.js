// Asks each service how it is; one that is not part of this deployment is hidden.
for (const item of document.querySelectorAll("[data-service]")) {
  fetch(`/${item.dataset.service}/health`)
    .then((answer) => {
      item.hidden = answer.status === 503 && answer.headers.has("Retry-After");
      item.querySelector("span").textContent = answer.ok ? "werkt" : "werkt niet";
    })
    .catch(() => (item.querySelector("span").textContent = "niet bereikbaar"));
}
