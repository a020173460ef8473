"""What axe-core finds in a page that a browser has open."""

from __future__ import annotations

from pathlib import Path

from selenium.webdriver import Chrome

AXE = Path(__file__).parent / "npm" / "node_modules" / "axe-core" / "axe.min.js"


def serious(page: Chrome) -> list[str]:
    """Return what axe-core holds to be serious or critical, with the elements concerned."""
    page.execute_script(AXE.read_text(encoding="utf-8"))
    found = page.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => done(violations), (e) => done([String(e)]))"
    )
    return [
        f"{finding['id']}: {[node['html'][:160] for node in finding['nodes'][:4]]}"
        for finding in found
        if finding["impact"] in ("serious", "critical")
    ]
