// Which figures can stand beside each other: of one indicator, in one unit; and of each body the one of the time asked
// for. In: the model's figures. Out: groups and bars. The trap: 产值 in 元 and 产值 in % are two things, and so are a half
// year and a year: a bar chart never mixes units, and each bar says its time.

/** Return the name of an indicator in a unit, unlike that of any other, as it stands in the address. */
export function keyOfIndicator({ indicator, unit }) {
  const plain = (text) => text.replace(/[%/]/g, (c) => (c === "/" ? "%2F" : "%25"));
  return `${plain(indicator)}/${plain(unit)}`;
}

/** Group figures by indicator and unit: [{key, indicator, unit, figures, bodies}], those of most bodies first. */
export function indicatorsOf(figures) {
  const groups = new Map();
  for (const figure of figures) {
    const key = keyOfIndicator(figure);
    if (!groups.has(key)) groups.set(key, { key, indicator: figure.indicator, unit: figure.unit, figures: [] });
    groups.get(key).figures.push(figure);
  }
  const all = [...groups.values()].map((group) => ({ ...group, bodies: new Set(group.figures.map(({ s }) => s)).size }));
  return all.sort((a, b) => b.bodies - a.bodies || b.figures.length - a.figures.length || (a.key < b.key ? -1 : 1));
}

/** Return the times for which figures are stated, the latest first; "" stands for no time stated. */
export function timesOf(figures) {
  return [...new Set(figures.map(({ time }) => time))].sort((a, b) => (a === b ? 0 : a < b ? 1 : -1));
}

/** Return one bar a body: {id, figure, others, share}, the largest first; of several figures the latest is drawn.
 * `share` is what part of the longest bar it takes, measured from zero; a negative figure has a negative share. */
export function barsOf(figures, time = null) {
  const bodies = new Map();
  for (const figure of figures) {
    if (time !== null && figure.time !== time) continue;
    if (!bodies.has(figure.s)) bodies.set(figure.s, []);
    bodies.get(figure.s).push(figure);
  }
  const bars = [...bodies].map(([id, own]) => {
    const [figure, ...others] = own.sort(latestFirst);
    return { id, figure, others };
  });
  const longest = Math.max(...bars.map(({ figure }) => Math.abs(Number(figure.value))), 0);
  for (const bar of bars) bar.share = longest ? Number(bar.figure.value) / longest : 0;
  return bars.sort((a, b) => Number(b.figure.value) - Number(a.figure.value) || (a.id < b.id ? -1 : 1));
}

function latestFirst(a, b) {
  const [first, second] = [a.time || a.from || "", b.time || b.from || ""];
  return first === second ? (a.id < b.id ? -1 : 1) : first < second ? 1 : -1;
}

/** Return round numbers from zero to the ends of the bars, at most six: the marks of an honest axis. */
export function ticksOf(values) {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  if (low === high) return [0];
  const rough = (high - low) / 5;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * size).find((wide) => wide >= rough * (1 - 1e-9));
  const ticks = [];
  for (let at = Math.ceil(low / step); at <= Math.floor(high / step + 1e-9); at += 1) ticks.push(Number((at * step).toPrecision(12)));
  return ticks;
}
