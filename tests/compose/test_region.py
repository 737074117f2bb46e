"""Two municipalities and a region, each a deployment of its own."""

from contextlib import ExitStack

import pytest

from tests.compose.compose import Compose, deployment
from tests.support.processes import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]


def test_a_region_is_the_sum():
    """Figures of the region are the sum; a deployment that is cut off for a while is exact again when it is back."""
    with ExitStack() as opened:
        names = ("a", "b")
        municipalities = [
            opened.enter_context(deployment("visits", DIGIPUNT_DEPLOYMENT=name)) for name in names
        ]
        region = opened.enter_context(deployment("reporting", DIGIPUNT_DEPLOYMENT="region"))
        for name, municipality in zip(names, municipalities, strict=True):
            printed = municipality.run(
                str(municipality.folder / "deploy/broker/add-reader"), "region"
            ).strip()
            region.follow(name, printed.replace("HOST", f"{broker(municipality)}:5672"))
            region.run("docker", "network", "connect", f"{region.name}_inside", broker(municipality))
        region.up()
        first, second = (opened.enter_context(each.client()) for each in municipalities)
        desk = opened.enter_context(region.client(service=None))
        municipalities[0].register(first, 700)
        municipalities[1].register(second, 500)
        wait_until(lambda: region.contacts(desk) == 1_200, "the sum")

        region.run("docker", "network", "disconnect", f"{region.name}_inside", broker(municipalities[1]))
        municipalities[1].register(second, 300)
        municipalities[0].register(first, 100)
        wait_until(lambda: region.contacts(desk) == 1_300, "the one that is left", 90)
        region.run("docker", "network", "connect", f"{region.name}_inside", broker(municipalities[1]))
        wait_until(lambda: region.contacts(desk) == 1_600, "the one that is back", 90)


def broker(deployment: Compose) -> str:
    """The container of a deployment's broker."""
    return f"{deployment.name}-broker-1"
