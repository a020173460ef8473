"""The picture alone in a real browser, under the page's own policy: scenes made by hand, small ones for vis-network and
large ones for WebGL, and what a reader's mouse and keyboard do with them."""

from __future__ import annotations

import base64
import json
import math
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from kg.export import html
from kg.export.html.drawing import OPTIONS

TYPES = ("Place", "Organization", "Person", "Programme", "Product")
START = """
const told = (window.told = []);
const data = JSON.parse(document.getElementById("data").textContent);
const tell = (name) => (...values) => told.push([name, ...values.slice(0, name === "choose" ? 1 : 3)]);
const stage = module_stage.createStage(document.getElementById("canvas"), {
  choose: tell("choose"), open: tell("open"), moved: tell("moved"), hover: tell("hover"),
  words: (edge) => `关系${edge.id}`,
}, { only: location.hash.slice(1) || undefined, vis: data.options });
const term = (type) => data.terms[type] ?? type;
const say = (key, values = {}) => `${data.messages[key]?.[0] ?? key} ${Object.values(values).join(" ")}`;
stage.speak({ say, term });
window.stage = stage;
stage.show(data.scene);
"""
PAGE = """<!doctype html>
<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">
<title>stage</title><link rel="icon" href="data:,"><style>{style}</style>
<button id="before">before</button>
<div id="canvas" tabindex="0" role="application"></div>
<button id="after">after</button>
<script type="application/json" id="data">{data}</script>{scripts}"""


def ring(count: int) -> dict[str, Any]:
    """A hub in the middle and the others around it on a spiral, each linked with the hub or with one before it."""
    nodes = [{"id": "n0", "label": "白石镇", "type": "Place", "x": 0, "y": 0, "size": 26}]
    edges = []
    for i in range(1, count):
        turn, away = i * 2.4, 70 * math.sqrt(i)
        kind = TYPES[i % len(TYPES)]
        x, y = round(away * math.cos(turn)), round(away * math.sin(turn))
        nodes.append({"id": f"n{i}", "label": f"第{i}号{kind}", "type": kind, "x": x, "y": y, "size": 9})
        edges.append({"id": f"e{i}", "from": f"n{i}", "to": f"n{i // 3 if i > 12 else 0}", "arrows": "to", "edges": []})
    for row in (nodes[1], nodes[2]):
        row["cluster"] = row["id"]
    return {"id": "ring", "nodes": nodes, "edges": edges}


@pytest.fixture
def stage(browser: Chrome, tmp_path: Path):
    def open_it(scene: dict[str, Any], renderer: str = "") -> Chrome:
        scripts = [*html.libraries(), html.join_modules(html.modules("stage.js", html.asset)) + START]
        style = "\n".join(html.asset(name) for name in html.STYLES) + "\nbody { display: block; }"
        data = {"options": OPTIONS, "scene": scene, "messages": html.messages(), "terms": {"Place": "地方 <&>"}}
        page = tmp_path / "stage.html"
        page.write_text(
            PAGE.format(
                policy=html.content_security_policy(scripts, [style]),
                style=style,
                data=html.embeddable(data),
                scripts="".join(f"<script>{script}</script>" for script in scripts),
            ),
            encoding="utf-8",
        )
        browser.get_log("browser")
        browser.get("about:blank")
        browser.get(f"{page.as_uri()}#{renderer}")
        settle(browser)
        return browser

    return open_it


def settle(page: Chrome) -> None:
    """Wait until what was asked for is drawn."""
    page.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(arguments[0], 30)))")


def drawn_by(page: Chrome) -> str:
    return page.execute_script("return document.querySelector('.stage-base').dataset.renderer")


def told(page: Chrome, name: str) -> list[Any]:
    return [rest for first, *rest in page.execute_script("return told") if first == name]


def names_after(page: Chrome, action: str) -> dict[str, list[float]]:
    """Run an action and return the names that the next frame writes, each with its place."""
    script = f"""
        const done = arguments[arguments.length - 1];
        const spots = {{}}, plain = CanvasRenderingContext2D.prototype.fillText;
        CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {{
          spots[text] = [x, y];
          return plain.call(this, text, x, y);
        }};
        {action};
        setTimeout(() => {{ CanvasRenderingContext2D.prototype.fillText = plain; done(spots); }}, 250);
    """
    return page.execute_async_script(script)


def spot(page: Chrome, node: str) -> tuple[int, int]:
    """Return where a node stands, from the middle of the picture."""
    scene = page.execute_script("return JSON.parse(document.getElementById('data').textContent).scene.nodes")
    x, y = next((n["x"], n["y"]) for n in scene if n["id"] == node)
    camera = page.execute_script("return stage.camera()")
    return round((x - camera["x"]) * camera["scale"]), round((y - camera["y"]) * camera["scale"])


def colour_at(page: Chrome, x: int, y: int) -> list[int]:
    """Return the colour on the screen at a point, from the middle of the picture."""
    shot = page.get_screenshot_as_base64()
    script = """
        const [shot, x, y, done] = arguments;
        const bytes = Uint8Array.from(atob(shot), (c) => c.charCodeAt(0));
        createImageBitmap(new Blob([bytes], { type: "image/png" })).then((image) => {
          const canvas = document.createElement("canvas");
          [canvas.width, canvas.height] = [image.width, image.height];
          const ctx = canvas.getContext("2d");
          ctx.drawImage(image, 0, 0);
          const ratio = image.width / innerWidth, box = document.getElementById("canvas").getBoundingClientRect();
          const [left, top] = [box.left + box.width / 2 + x, box.top + box.height / 2 + y];
          done([...ctx.getImageData(Math.round(left * ratio), Math.round(top * ratio), 1, 1).data.slice(0, 3)]);
        });
    """
    return page.execute_async_script(script, shot, x, y)


def assert_quiet(page: Chrome) -> None:
    # what the driver of WebGL says of its own speed is no error of the page
    assert [entry for entry in page.get_log("browser") if entry["source"] != "rendering"] == []
    assert page.execute_script("return window.__violations") == []
    assert page.execute_script("return performance.getEntriesByType('resource').map(e => e.name)") == []


BLUE = [47, 103, 173]  # --type-Place


@pytest.mark.parametrize(
    ("count", "renderer", "by"), [(20, "", "vis"), (3000, "", "webgl"), (1200, "canvas", "canvas")]
)
def test_marks_stand_where_the_scene_says_whoever_draws(stage, count, renderer, by):
    page = stage(ring(count), renderer)
    assert drawn_by(page) == by
    for action in ("stage.fit()", "stage.setCamera({ x: 30, y: -20, scale: 1.7 })", "stage.zoom(0.5)"):
        names_after(page, action)
        assert colour_at(page, *spot(page, "n0")) == pytest.approx(BLUE, abs=16), action
    assert_quiet(page)


@pytest.mark.parametrize("count", [20, 1200])
def test_a_click_chooses_and_a_double_click_opens(stage, count):
    page = stage(ring(count))
    names_after(page, "stage.setCamera({ x: 0, y: 0, scale: 1 })")
    at = spot(page, "n4")
    canvas = page.find_element(By.ID, "canvas")
    ActionChains(page).move_to_element_with_offset(canvas, *at).click().perform()
    assert told(page, "choose") == [[{"node": "n4", "edge": None}]]
    ActionChains(page).move_to_element_with_offset(canvas, *at).double_click().perform()
    assert told(page, "open") == [["n4"]]
    halfway = (round(at[0] / 2), round(at[1] / 2))
    ActionChains(page).move_to_element_with_offset(canvas, *halfway).click().perform()
    [found] = told(page, "choose")[-1]
    assert found["node"] is None and (found["edge"] == "e4" or count > 20)
    if count == 20:
        ActionChains(page).move_to_element_with_offset(canvas, at[0] + 40, at[1] + 30).click().perform()
        assert told(page, "choose")[-1] == [{"node": None, "edge": None}]
    assert_quiet(page)


@pytest.mark.parametrize("count", [20, 1200])
def test_a_mark_is_dragged_and_stays_when_the_scene_comes_again(stage, count):
    page = stage(ring(count))
    names_after(page, "stage.setCamera({ x: 0, y: 0, scale: 1 })")
    canvas = page.find_element(By.ID, "canvas")
    drag = ActionChains(page).move_to_element_with_offset(canvas, *spot(page, "n0")).click_and_hold()
    drag.move_by_offset(-200, 60).move_by_offset(-100, 90).release().perform()
    assert told(page, "moved") == [["n0", -300, pytest.approx(150, abs=1)]]
    assert told(page, "choose") == []
    settle(page)
    assert colour_at(page, -300, 150) == pytest.approx(BLUE, abs=3)
    names_after(page, "stage.show(data.scene, { keep: true })")
    assert colour_at(page, -300, 150) == pytest.approx(BLUE, abs=3)


def test_the_picture_is_panned_and_zoomed_by_the_mouse(stage):
    page = stage(ring(20))
    names_after(page, "stage.setCamera({ x: 0, y: 0, scale: 1 })")
    canvas = page.find_element(By.ID, "canvas")
    pan = ActionChains(page).move_to_element_with_offset(canvas, 300, 180).click_and_hold()
    pan.move_by_offset(40, 30).move_by_offset(60, 20).release().perform()
    assert page.execute_script("return stage.camera()") == {"x": -100, "y": -50, "scale": 1}
    assert told(page, "choose") == []
    wheel = (
        "const box = arguments[0].getBoundingClientRect(); arguments[0].querySelector('.stage-top').dispatchEvent("
        "new WheelEvent('wheel', {deltaY: -100, clientX: box.left + box.width / 2, clientY: box.top + box.height / 2}))"
    )
    page.execute_script(wheel, canvas)
    camera = page.execute_script("return stage.camera()")
    assert 1.1 < camera["scale"] < 1.5 and camera["x"] == pytest.approx(-100)


def test_two_fingers_zoom_and_choose_nothing(stage):
    page = stage(ring(20))
    names_after(page, "stage.setCamera({ x: 0, y: 0, scale: 1 })")
    fingers = """
        const top = document.querySelector(".stage-top"), box = top.getBoundingClientRect();
        top.setPointerCapture = () => {};
        const touch = (type, pointerId, x, y) => top.dispatchEvent(new PointerEvent(type, { pointerId, bubbles: true,
          pointerType: "touch", clientX: box.left + box.width / 2 + x, clientY: box.top + box.height / 2 + y }));
        touch("pointerdown", 1, -50, 0); touch("pointerdown", 2, 50, 0);
        touch("pointermove", 1, -100, 0); touch("pointermove", 2, 100, 0);
        touch("pointerup", 1, -100, 0); touch("pointerup", 2, 100, 0);
    """
    page.execute_script(fingers)
    assert page.execute_script("return stage.camera()")["scale"] == pytest.approx(2)
    assert told(page, "choose") == [] and told(page, "moved") == []


@pytest.mark.parametrize("count", [20, 1200])
def test_focus_dims_all_but_what_is_looked_at_and_names_its_lines(stage, count):
    page = stage(ring(count))
    near = "stage.setCamera({ x: 0, y: 0, scale: 1 })"
    assert "第7号Person" in names_after(page, near)
    focus = "stage.focus({ center: 'n0', nodes: new Set(['n0', 'n5']), edges: new Set(['e5']) })"
    names = names_after(page, f"{near}; {focus}")
    assert {"白石镇", "第5号Place", "关系e5"} <= names.keys() and "第7号Person" not in names
    assert colour_at(page, *spot(page, "n5")) == pytest.approx(BLUE, abs=3)
    dimmed = colour_at(page, *spot(page, "n10"))
    assert min(dimmed) > 190 and max(dimmed) < 251
    names = names_after(page, "stage.focus(null)")
    assert "第7号Person" in names and "关系e5" not in names


def test_a_path_lights_its_lines(stage):
    page = stage(ring(20))
    names = names_after(page, "stage.path(['n15', 'n5', 'n0'])")
    assert {"关系e15", "关系e5"} <= names.keys() and "第7号Person" not in names
    assert "第7号Person" in names_after(page, "stage.path([])")


@pytest.mark.parametrize("count", [20, 1200])
def test_what_is_hidden_is_neither_drawn_nor_found(stage, count):
    page = stage(ring(count))
    names_after(page, "stage.setCamera({ x: 0, y: 0, scale: 1 })")
    assert "第5号Place" not in names_after(page, "stage.setHidden(new Set(['n5']))")
    at = spot(page, "n5")
    assert colour_at(page, *at) == pytest.approx([251, 250, 246], abs=3)
    ActionChains(page).move_to_element_with_offset(page.find_element(By.ID, "canvas"), *at).click().perform()
    assert told(page, "choose")[-1][0]["node"] is None


def test_under_the_pointer_a_line_tells_what_it_says_and_a_mark_its_whole_name(stage):
    scene = ring(20)
    scene["nodes"][5]["label"] = "很长很长的名字叫做青竹科技有限公司"
    page = stage(scene)
    names_after(page, "stage.setCamera({ x: 0, y: 0, scale: 1 })")
    canvas = page.find_element(By.ID, "canvas")
    x, y = spot(page, "n4")
    ActionChains(page).move_to_element_with_offset(canvas, round(x / 2), round(y / 2)).perform()
    assert "关系e4" in names_after(page, "stage.redraw()")
    ActionChains(page).move_to_element_with_offset(canvas, *spot(page, "n5")).perform()
    names = names_after(page, "stage.redraw()")
    assert "很长很长的名字叫做青竹科技有限公司" in names and "关系e4" not in names
    assert told(page, "hover")[-1] == ["n5"]


def test_the_keyboard_goes_from_mark_to_mark_and_out_again(stage):
    page = stage(ring(20))
    before, active = page.find_element(By.ID, "before"), lambda: page.switch_to.active_element.get_attribute("id")
    page.execute_script("arguments[0].focus()", before)
    press = lambda *keys: ActionChains(page).send_keys(*keys).perform()  # noqa: E731
    heard = lambda: page.find_element(By.CSS_SELECTOR, "#canvas [role=status]").get_property("textContent")  # noqa: E731
    press(Keys.TAB)
    assert active() == "canvas" and heard() == ""
    press(Keys.TAB)
    assert "白石镇" in heard() and "地方 <&>" in heard()
    press(Keys.ENTER)
    assert told(page, "choose") == [[{"node": "n0", "edge": None}]]
    page.execute_script("stage.focus({ center: 'n0', nodes: new Set(['n0', 'n1', 'n2']), edges: new Set() })")
    press(Keys.ENTER)
    assert told(page, "open") == [["n0"]]
    press(Keys.TAB)
    assert "第1号" in heard()
    press(Keys.TAB, Keys.TAB)  # behind the last mark in focus
    assert active() == "after" and heard() == ""
    page.execute_script("stage.focus(null); arguments[0].focus()", before)
    press(Keys.TAB, Keys.TAB, Keys.ESCAPE)
    assert active() == "canvas" and heard() == ""
    press(Keys.TAB)
    assert active() == "after"


def test_the_keyboard_pans_and_zooms(stage):
    page = stage(ring(20))
    names_after(page, "stage.setCamera({ x: 0, y: 0, scale: 1 })")
    page.execute_script("document.getElementById('canvas').focus()")
    ActionChains(page).send_keys(Keys.ARROW_LEFT, Keys.ARROW_UP, "+").perform()
    assert page.execute_script("return stage.camera()") == pytest.approx({"x": -60, "y": -60, "scale": 1.3})


@pytest.mark.parametrize(("count", "expected"), [(20, 20), (1200, 40)])
def test_the_picture_as_svg_is_vectors_with_text(stage, count, expected):
    scene = ring(count)
    scene["nodes"][0]["label"] = "白石镇</text><script>&"
    page = stage(scene)
    text = page.execute_async_script("stage.snapshot('svg', { title: '题' }).then((b) => b.text()).then(arguments[0])")
    root = ElementTree.fromstring(text)
    words = [t.text for t in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "白石镇</text>…" in "".join(words) or "白石镇</text><" in "".join(words)
    assert {"地方 <&>", "题"} <= set(words) and len(words) > expected
    assert root.find(".//{http://www.w3.org/2000/svg}script") is None
    assert len(root.findall("{http://www.w3.org/2000/svg}path")) > count
    assert_quiet(page)


def test_the_picture_as_png_has_paper_ground_and_a_legend(stage):
    page = stage(ring(1200))
    to_base64 = """
        const done = arguments[0];
        stage.snapshot("png").then((blob) => {
          const reader = new FileReader();
          reader.onload = () => done([blob.type, reader.result.split(",")[1]]);
          reader.readAsDataURL(blob);
        });
    """
    kind, encoded = page.execute_async_script(to_base64)
    data = base64.b64decode(encoded)
    width, height = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    size = page.execute_script("const c = document.getElementById('canvas'); return [c.clientWidth, c.clientHeight]")
    assert kind == "image/png" and data.startswith(b"\x89PNG")
    assert width == 2 * size[0] and height > 2 * size[1]


def test_without_webgl_the_picture_is_drawn_on_a_canvas(stage):
    page = stage(ring(1200))
    assert drawn_by(page) == "webgl"
    page.execute_script("""
        const layers = [...document.querySelectorAll(".stage-base canvas")];
        const gl = layers.map((canvas) => canvas.getContext("webgl2")).find(Boolean);
        gl.getExtension("WEBGL_lose_context").loseContext();
    """)
    WebDriverWait(page, 5).until(lambda p: drawn_by(p) == "canvas")
    names_after(page, "stage.setCamera({ x: 0, y: 0, scale: 1 })")
    assert colour_at(page, *spot(page, "n0")) == pytest.approx(BLUE, abs=3)


def test_a_scene_gives_way_to_a_larger_one_and_back(stage):
    page = stage(ring(20))
    names_after(page, f"stage.show({json.dumps(ring(700))})")
    assert drawn_by(page) == "webgl"
    names_after(page, "stage.show(data.scene)")
    assert drawn_by(page) == "vis"
    assert colour_at(page, *spot(page, "n0")) == pytest.approx(BLUE, abs=3)
    names_after(page, "stage.show({ id: 'none', nodes: [], edges: [] })")
    assert_quiet(page)


@pytest.mark.parametrize("count", [20, 1200])
def test_the_picture_follows_the_reader_into_the_dark(stage, count):
    page = stage(ring(count))
    names_after(page, "stage.setCamera({ x: 0, y: 0, scale: 1 })")
    dark = {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    try:
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", dark)
        names_after(page, "stage.refreshTheme()")
        assert colour_at(page, *spot(page, "n0")) == pytest.approx([110, 168, 240], abs=3)
    finally:
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    names_after(page, "stage.refreshTheme()")
    assert colour_at(page, *spot(page, "n0")) == pytest.approx(BLUE, abs=3)


@pytest.mark.parametrize("count", [20, 1200])
def test_the_picture_keeps_its_middle_when_its_size_changes(stage, count):
    page = stage(ring(count))
    names_after(page, "stage.setCamera({ x: 40, y: 30, scale: 1.2 })")
    narrow = "const c = document.getElementById('canvas'); c.style.right = '420px'; c.style.bottom = '160px'"
    names = names_after(page, narrow)
    size = page.execute_script("const c = document.getElementById('canvas'); return [c.clientWidth, c.clientHeight]")
    assert size[0] < 1000 and page.execute_script("return stage.camera()") == {"x": 40, "y": 30, "scale": 1.2}
    assert names["白石镇"][0] == pytest.approx(size[0] / 2 - 48, abs=2)
    assert colour_at(page, *spot(page, "n0")) == pytest.approx(BLUE, abs=3)


def test_scenes_may_change_often_without_using_up_webgl(stage):
    page = stage(ring(20))
    page.execute_script(f"window.large = {json.dumps(ring(700))}")
    for _ in range(12):
        page.execute_script("stage.show(large); stage.show(data.scene)")
    names_after(page, "stage.show(large)")
    assert drawn_by(page) == "webgl"
    assert colour_at(page, *spot(page, "n0")) == pytest.approx(BLUE, abs=16)
    assert_quiet(page)


def test_what_is_fitted_while_the_stage_is_not_seen_is_fitted_when_it_is(stage):
    page = stage(ring(20))
    page.execute_script("document.getElementById('canvas').hidden = true")
    settle(page)
    page.execute_script("stage.fit(['n5', 'n0'])")
    page.execute_script("document.getElementById('canvas').hidden = false")
    settle(page)
    camera = page.execute_script("return stage.camera()")
    assert camera["scale"] == pytest.approx(1.25)
    assert colour_at(page, *spot(page, "n5")) == pytest.approx(BLUE, abs=3)
