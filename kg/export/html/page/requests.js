// Ask the server, and keep account of it: what is on its way, and what last went wrong. Only a served page holds this module.
// In: paths and values. Out: JSON. The trap: a server that has ended may leave one waiting for ever, so patience has an end.

const PATIENCE = 40_000; // milliseconds; the server gives up after 30 s

/** Make what asks; `changed` is called whenever what is on its way, or went wrong, is another. */
export function createRequests(changed) {
  let onTheirWay = 0;
  let trouble = null;
  const attempt = async (work) => {
    onTheirWay += 1;
    trouble = null;
    changed();
    try {
      await work();
      return true;
    } catch (error) {
      trouble = { reason: error.message, again: () => attempt(work) };
      return false;
    } finally {
      onTheirWay -= 1;
      changed();
    }
  };
  return {
    /** Ask for JSON; an Error tells in plain words why there is none. */
    async ask(path, values = {}) {
      const patience = AbortSignal.timeout(PATIENCE);
      const answer = await fetch(`${path}?${new URLSearchParams(values)}`, { headers: { accept: "application/json" }, signal: patience });
      if (!answer.ok) throw new Error((await answer.text()).trim().slice(0, 200) || String(answer.status));
      return answer.json();
    },
    /** Do some work that asks; if it fails, that is noted with the way to try again. Returns whether it was done. */
    attempt,
    isBusy: () => onTheirWay > 0,
    trouble: () => trouble,
  };
}
