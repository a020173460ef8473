// Find entities by what one types: characters of a name or an alias, pinyin (xinchengzhen), initials (xcz), or a mix.
// In: entities and the readings of characters. The trap: a hundred thousand names are looked through at each key, so
// most must be refused by one look at a number, what one typed before must not be looked for again, and only as many are
// put in order as are shown.

/** Return a function that finds entities: whole names first, then beginnings, then parts; names before pinyin. */
export function createSearch(entities, readings, degree) {
  const sounds = new Map(Object.entries(readings).map(([character, typed]) => [character, typed.split(" ")]));
  const things = [...entities.values()].map(({ id, label, aliases }) => ({
    id, links: degree(id), names: [label, ...aliases].map((name, at) => nameRow(name, at > 0, sounds)),
  }));
  let last = { wanted: "", fitting: things };
  return (query, limit = Infinity) => {
    const wanted = folded(query);
    if (!wanted) return Object.assign([], { total: 0 });
    // whatever holds "xinc" holds "xin"
    const among = last.wanted && wanted.startsWith(last.wanted) ? last.fitting : things;
    const fitting = [];
    const found = firstOf(limit);
    const letter = /[a-z]/.test(wanted) ? letters(wanted[0]) || ANY : 0;
    for (const thing of among) {
      const row = bestName(thing, wanted, letter, sounds);
      if (!row) continue;
      fitting.push(thing);
      found.offer(row);
    }
    last = { wanted, fitting };
    return Object.assign(found.inOrder(), { total: fitting.length });
  };
}

const ANY = 0x3ffffff; // one bit for each letter

/** Return the letters that a name can be typed with at some place, as bits. */
function nameRow(name, alias, sounds) {
  const key = folded(name);
  let begins = 0;
  for (const character of key) {
    begins |= letters(character);
    for (const sound of sounds.get(character) ?? []) begins |= letters(sound[0]);
  }
  return { name, alias, key, begins };
}

function letters(character) {
  return character >= "a" && character <= "z" ? 1 << (character.charCodeAt(0) - 97) : 0;
}

function bestName({ id, links, names }, wanted, letter, sounds) {
  let [chosen, least] = [null, Infinity];
  for (const row of names) {
    const rank = rankOf(row, wanted, letter, sounds);
    if (rank >= 0 && rank < least) [chosen, least] = [row, rank];
  }
  return chosen && { id, name: chosen.name, alias: chosen.alias, rank: least, links };
}

/** Keep the best rows of those offered, so that tens of thousands need no sorting. */
function firstOf(limit) {
  const before = (a, b) => a.rank - b.rank || b.links - a.links || (a.id < b.id ? -1 : 1);
  let kept = [];
  let isSorted = false;
  const cut = () => {
    kept = kept.sort(before).slice(0, limit);
    isSorted = true;
  };
  return {
    offer(row) {
      if (isSorted && kept.length >= limit && before(row, kept[limit - 1]) > 0) return;
      kept.push(row);
      if (kept.length >= 4 * limit) cut();
    },
    inOrder() {
      cut();
      return kept.map(({ links, ...row }) => row);
    },
  };
}

function rankOf({ key, alias, begins }, wanted, letter, sounds) {
  const at = key.indexOf(wanted);
  if (at >= 0) return (key === wanted ? 0 : at === 0 ? 2 : 4) + (alias ? 1 : 0);
  if (!(letter & begins)) return -1;
  for (let start = 0; start < key.length; start += 1) {
    const end = heard(key, start, wanted, 0, sounds);
    if (end >= 0) return (start ? 10 : end === key.length ? 6 : 8) + (alias ? 1 : 0);
  }
  return -1;
}

/** Return where in the name the typed letters end if they can be read as the characters from `start` on; else -1. */
function heard(key, start, wanted, at, sounds) {
  if (at === wanted.length) return start;
  if (start === key.length) return -1;
  const character = key.charAt(start);
  if (character === wanted[at]) {
    const end = heard(key, start + 1, wanted, at + 1, sounds);
    if (end >= 0) return end;
  }
  for (const sound of sounds.get(character) ?? []) {
    if (sound[0] !== wanted[at]) continue;
    let same = 1;
    while (same < sound.length && sound[same] === wanted[at + same]) same += 1;
    if (at + same === wanted.length) return start + 1; // the last syllable may be typed in part
    const enough = same === sound.length ? [same, 1] : [1];
    for (const length of same === 2 && sound[1] === "h" ? [2, ...enough] : enough) { // zh, ch, sh count as initials
      const end = heard(key, start + 1, wanted, at + length, sounds);
      if (end >= 0) return end;
    }
  }
  return -1;
}

/** Return the form in which names are compared: width folded, without quotation marks and spaces, lower case. */
export function folded(name) {
  return name.normalize("NFKC").replace(/[\s“”‘’"'《》〈〉「」『』()（）[\]【】·]/gu, "").toLowerCase();
}
