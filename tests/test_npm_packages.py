"""The npm packages that the tests bring: pinned, without addresses, installed once."""

from __future__ import annotations

import json

from tests.npm_packages import WANTED, package

LOCK = json.loads((WANTED / "package-lock.json").read_text(encoding="utf-8"))


def test_the_lock_pins_every_package_and_holds_no_address() -> None:
    assert "://" not in json.dumps(LOCK)
    assert all(pinned["integrity"].startswith("sha512-") for name, pinned in LOCK["packages"].items() if name)


def test_what_is_installed_is_what_the_lock_pins() -> None:
    wanted = json.loads((WANTED / "package.json").read_text(encoding="utf-8"))["dependencies"]
    installed = {
        name: json.loads((package(name) / "package.json").read_text(encoding="utf-8"))["version"] for name in wanted
    }
    assert installed == wanted
    assert {name: LOCK["packages"][f"node_modules/{name}"]["version"] for name in wanted} == wanted
