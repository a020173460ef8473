// Find entities by what one types: characters of a name or an alias, pinyin (xinchengzhen), initials (xcz), or a mix.
// In: entities and the readings of characters. The trap: a hundred thousand names are looked through at each key, so
// most must be refused by one look at a character.

/** Return a function that finds entities: whole names first, then beginnings, then parts; names before pinyin. */
export function createSearch(entities, readings, degree) {
  const rows = [];
  for (const { id, label, aliases } of entities.values()) {
    rows.push({ id, name: label, alias: false, key: folded(label) });
    for (const alias of aliases) rows.push({ id, name: alias, alias: true, key: folded(alias) });
  }
  const sounds = new Map(Object.entries(readings).map(([character, typed]) => [character, typed.split(" ")]));
  return (query, limit = Infinity) => {
    const wanted = folded(query);
    const best = new Map();
    if (wanted) {
      const hasLetters = /[a-z]/.test(wanted);
      for (const row of rows) {
        const rank = rankOf(row, wanted, hasLetters, sounds);
        if (rank < 0) continue;
        const known = best.get(row.id);
        if (!known || known.rank > rank) best.set(row.id, { id: row.id, name: row.name, alias: row.alias, rank });
      }
    }
    const found = [...best.values()].sort((a, b) => a.rank - b.rank || degree(b.id) - degree(a.id) || (a.id < b.id ? -1 : 1));
    return Object.assign(found.slice(0, limit), { total: found.length });
  };
}

function rankOf({ key, alias }, wanted, hasLetters, sounds) {
  const at = key.indexOf(wanted);
  if (at >= 0) return (key === wanted ? 0 : at === 0 ? 2 : 4) + (alias ? 1 : 0);
  if (!hasLetters) return -1;
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
