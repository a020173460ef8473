import assert from "node:assert/strict";
import { test } from "node:test";

import { WHOLE } from "../../kg/export/html/page/whole.js";

test("a page that holds everything can bring nothing that it does not hold", async () => {
  assert.deepEqual(await WHOLE.bring(["person/x", "article/1-01"]), [false, false]);
});
