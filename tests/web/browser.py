"""A headless Chromium that clicks on the page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from tests.fakes.fonts import fontconfig
from tests.waiting import PATIENCE_S

CHROMIUM = shutil.which("chromium")
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
)

_AXE = find_spec("axe_playwright_python")
AXE = Path(_AXE.origin or "").parent / "axe.min.js" if _AXE else Path("axe.min.js")
"""axe-core as the package brings it; the rest of the package is for another browser driver."""

needs_chromium = pytest.mark.skipif(
    not (CHROMIUM and DRIVER) and not os.environ.get("CI"),
    reason="chromium and chromedriver are not installed (Debian: apt-get install chromium-driver)",
)


class Page:
    """The chat page in a browser window."""

    def __init__(self, driver: webdriver.Chrome, url: str) -> None:
        self.driver = driver
        self.url = url

    def open(self) -> None:
        self.driver.get(self.url)
        self.wait(lambda: self.find("#title").text != "")

    def forget(self) -> None:
        """Become a new person."""
        if self.driver.current_url.startswith(self.url):
            self.driver.execute_script("localStorage.clear(); sessionStorage.clear()")
        self.driver.delete_all_cookies()
        self.errors()

    def network(self, *, offline: bool) -> None:
        """Pull the plug, or put it back."""
        rate = 0 if offline else -1
        conditions = {"offline": offline, "latency": 0}
        conditions |= {"downloadThroughput": rate, "uploadThroughput": rate}
        self.driver.execute_cdp_cmd("Network.enable", {})
        self.driver.execute_cdp_cmd("Network.emulateNetworkConditions", conditions)

    def leave(self) -> None:
        """Make the window as it was when it opened, for whoever comes next."""
        for handle in self.tabs()[1:]:
            self.driver.switch_to.window(handle)
            self.driver.close()
        self.driver.switch_to.window(self.tabs()[0])
        self.network(offline=False)
        self.driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": []})
        self.driver.get("about:blank")
        self.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
        self.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        self.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
        self.errors()

    def find(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def wait(self, condition: Callable[[], object]) -> None:
        wait = WebDriverWait(
            self.driver,
            PATIENCE_S,
            poll_frequency=0.05,
            ignored_exceptions=(StaleElementReferenceException, IndexError),
        )
        wait.until(lambda _: condition())

    def answers(self) -> list[WebElement]:
        """The bot's bubbles with their buttons, oldest first."""
        return self.all("#log .turn.bot:not(.busy, .notice)")

    def labels(self, nth: int = -1) -> list[str]:
        return [key.text for key in self.answers()[nth].find_elements(By.CSS_SELECTOR, ".key")]

    def press(self, data: str, nth: int = -1) -> None:
        """Press the button of this verb (its data begins so) under the nth answer."""
        selector = f".key[data-data^='{data}']"
        self.wait(lambda: self.answers()[nth].find_elements(By.CSS_SELECTOR, selector))
        key = self.answers()[nth].find_element(By.CSS_SELECTOR, selector)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", key)
        key.click()
        self.idle()

    def idle(self) -> None:
        """Wait until nothing is under way and nothing moves."""
        self.wait(lambda: not self.all(".busy, [aria-disabled], .reading, .progress"))
        still = "return document.getAnimations().every((one) => one.playState !== 'running')"
        self.wait(lambda: self.driver.execute_script(still))

    def say(self, text: str) -> None:
        self.find("#text").send_keys(text + "\n")

    def code(self, nth: int = -1) -> str:
        return self.answers()[nth].find_element(By.CSS_SELECTOR, ".ticket code").text

    def errors(self) -> list[str]:
        """What the browser's console complains about."""
        log = self.driver.get_log("browser")  # type: ignore[no-untyped-call]
        return [str(item["message"]) for item in log if item["level"] == "SEVERE"]

    def size(self, width: int, height: int, *, dark: bool = False) -> None:
        metrics = {
            "width": width,
            "height": height,
            "deviceScaleFactor": 1,
            "mobile": width < 700,
        }
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        touch = {"enabled": width < 700}
        self.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", touch)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})

    def complaints(self, *rules: str) -> list[str]:
        """What axe-core finds serious or critical, by all its rules or by these alone."""
        if not self.driver.execute_script("return 'axe' in window"):
            self.driver.execute_script(AXE.read_text("utf-8"))
        found = self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "const only = arguments[0].length ? {runOnly: arguments[0]} : {};"
            "axe.run({resultTypes: ['violations'], ...only}).then((run) => done(run.violations),"
            " (error) => done([{impact: 'critical', id: String(error), nodes: []}]))",
            list(rules),
        )
        return [
            f"{rule['id']}: {node['html'][:200]} {node.get('failureSummary', '')[:200]}"
            for rule in found
            if rule["impact"] in {"serious", "critical"}
            for node in rule["nodes"] or [{"html": ""}]
        ]

    def tabs(self) -> list[str]:
        return list(self.driver.window_handles)

    def shot(self, file: Path) -> None:
        self.driver.save_screenshot(str(file))


@contextmanager
def browser(url: str, language: str = "ko-KR") -> Iterator[Page]:
    """A fresh browser with an empty profile; it knows no fonts of the machine."""
    with TemporaryDirectory(prefix="chromium-") as profile:
        options = Options()
        options.binary_location = CHROMIUM or ""
        for flag in (*FLAGS, f"--user-data-dir={profile}", f"--lang={language}"):
            options.add_argument(flag)
        options.add_experimental_option("prefs", {"intl.accept_languages": language})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        fonts = Path(profile) / "fonts.conf"
        fonts.write_text(fontconfig(fonts.with_name("fontconfig")), "utf-8")
        service = Service(DRIVER, env={**os.environ, "FONTCONFIG_FILE": str(fonts)})
        driver = webdriver.Chrome(options=options, service=service)
        try:
            yield Page(driver, url)
        finally:
            driver.quit()
