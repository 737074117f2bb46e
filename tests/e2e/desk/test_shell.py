"""The app around its screens: it comes from one origin, is there without network, and outlives the browser."""

from __future__ import annotations

from tests.support.processes import wait_until

CONTROLLED = "navigator.serviceWorker?.controller !== null"
INSTALLED = """async () => {
  const { active } = await navigator.serviceWorker.ready;
  while (active.state !== "activated") {
    await new Promise((done) => active.addEventListener("statechange", done, { once: true }));
  }
}"""


def settled(page) -> None:
    """Return when the whole app is on the laptop."""
    page.evaluate(INSTALLED)


def test_first_visit_asks_one_origin_only(desk, chromium):
    """Nothing is fetched from elsewhere, nothing breaks the content policy, and the page says something."""
    with chromium.context(desk.address) as (context, watch):
        page = context.new_page()
        page.goto("/")
        page.wait_for_selector("#app > *")
        settled(page)
        assert watch.origins == {desk.address}


def test_app_is_there_without_network(laptop):
    """After one visit the app starts without network, at whatever address it is opened."""
    one = laptop()
    one.page.goto("/")
    settled(one.page)
    one.offline()
    for path in ("/", "/bezoek/nieuw"):
        one.page.goto(path)
        one.page.wait_for_selector("#app > *")


def test_app_is_there_after_the_plug_was_pulled(laptop):
    """SIGKILL of the browser loses neither the app nor what it stored."""
    one = laptop()
    one.page.goto("/")
    settled(one.page)
    one.page.evaluate("localStorage.setItem('mark', 'here')")
    wait_until(lambda: any((one.profile / "Default" / "Local Storage").rglob("*.log")), "the storage")
    one.page.wait_for_timeout(6000)
    one.kill()
    one.page.goto("/")
    one.page.wait_for_selector("#app > *")
    assert one.page.evaluate(CONTROLLED)
    assert one.page.evaluate("localStorage.getItem('mark')") == "here"


def test_services_keep_their_addresses(laptop):
    """The worker leaves what belongs to services alone: their documentation opens as before."""
    one = laptop()
    one.page.goto("/")
    settled(one.page)
    one.page.goto("/visits/doc")
    assert one.page.title() == "Digipunt visits"
