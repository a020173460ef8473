"""The libraries bundled for the page: the committed file is what the lock builds, and a strict policy lets it run."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUNDLE = ROOT / "kg/export/html/page/vendor/sigma.min.js"


def test_committed_bundle_is_what_the_lock_builds() -> None:
    built = subprocess.run(
        ["npm", "run", "--silent", "bundle"], cwd=ROOT / "tools/web", capture_output=True, check=True, timeout=60
    )
    assert built.stdout == BUNDLE.read_bytes(), "run `make bundles`, read the diff, then commit it"


def test_bundle_needs_no_eval_and_cannot_end_its_script_element() -> None:
    text = BUNDLE.read_text(encoding="utf-8")
    assert not re.findall(r"\beval\(|\bnew Function\b|\bFunction\(|</script|<!--", text)
