"""Derive kg/vocab/lexicons/traditional.tsv from OpenCC's characters: `make traditional`.

Only one-to-one pairs: one character for one, so that every place in a text stays where it is. What stands for several
(a phrase decides between 乾 and 干) follows OpenCC's first choice.
"""

from __future__ import annotations

from pathlib import Path

import opencc

TARGET = Path(__file__).parent.parent / "kg" / "vocab" / "lexicons" / "traditional.tsv"
HEAD = """\
# Traditional characters with the simplified ones that stand for them, one for one. use: only (simplified text has no
# such character: it is not in GB 2312), also (simplified text has it too, in another sense or as a surname: 於, 後).
# Derived by tools/derive_traditional.py from OpenCC (Apache-2.0), TSCharacters.
traditional	simplified	use
"""
HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000))


def main() -> None:
    """Write the lexicon."""
    converter = opencc.OpenCC("t2s")
    rows = []
    for character in (chr(code) for block in HAN for code in block):
        simple = converter.convert(character)
        if simple != character and len(simple) == 1 and simple.encode("gb2312", "ignore"):
            use = "also" if character.encode("gb2312", "ignore") else "only"
            rows.append(f"{character}\t{simple}\t{use}\n")
    TARGET.write_text(HEAD + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
