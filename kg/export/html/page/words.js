// Words and numbers for readers: interface language, human-readable figures and dates, safe names.
// Nothing here touches the page, so it runs in node as well.

const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** Speak one language: `say(key, values)` for the interface, `term(name)` for classes and properties. */
export function createSpeech(messages, labels, language) {
  const name = (key, lang) => labels[key]?.[lang] ?? key;
  return {
    language,
    other: language === "zh" ? "en" : "zh",
    say: (key, values = {}, lang = language) =>
      (messages[key]?.[lang === "zh" ? 0 : 1] ?? key).replace(/\{(\w+)\}/g, (_, hole) => String(values[hole] ?? "")),
    term: (key, lang = language) => capital(name(key, lang)),
    inverse: (key, lang = language) => capital(messages.inverse[key]?.[lang === "zh" ? 0 : 1] ?? name(key, lang)),
  };
}

export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Return a name fit for one line: without control characters, cut to a number of characters. */
export function shortName(name, limit) {
  const characters = Array.from(name.slice(0, 4 * limit).replace(CONTROLS, ""));
  return characters.length > limit ? characters.slice(0, limit - 1).join("") + "…" : characters.join("");
}

/** Write a decimal as people read it: 257300000000 → 2573亿, 257.3 billion. No digit is lost in Chinese. */
export function readableNumber(value, language) {
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  if (language === "en") return englishNumber(value, number);
  const step = [["亿", 8], ["万", 4]].find(([, zeros]) => Math.abs(number) >= 10 ** zeros);
  if (!step) return plainDecimal(value);
  const [unit, zeros] = step;
  const shifted = shiftPoint(value, zeros);
  return (shifted.split(".")[1] ?? "").length <= 4 ? shifted + unit : plainDecimal(value);
}

function englishNumber(value, number) {
  if (Math.abs(number) < 1e6) return withCommas(plainDecimal(value));
  const [size, unit] = Math.abs(number) >= 1e9 ? [1e9, "billion"] : [1e6, "million"];
  return `${withCommas(String(Number((number / size).toFixed(3))))} ${unit}`;
}

function withCommas(text) {
  const [whole, rest] = text.split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest ? `.${rest}` : "");
}

function plainDecimal(text) {
  return text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
}

function shiftPoint(text, places) {
  const sign = text.startsWith("-") ? "-" : "";
  const [whole, rest = ""] = text.replace("-", "").split(".");
  const padded = whole.padStart(places + 1, "0");
  return plainDecimal(`${sign}${padded.slice(0, -places)}.${padded.slice(-places)}${rest}`);
}

/** Write a value with unit and qualifier in the order of Chinese: 约20个, 120余个, 1000人以上. */
export function readableFigure({ value, unit, qualifier }, speech, messages) {
  const number = readableNumber(value, speech.language);
  const measure = unit === "元" && speech.language === "en" ? "yuan" : unit;
  const gap = speech.language === "en" && measure && measure !== "%" ? " " : "";
  if (messages.qualifiers.inside.includes(qualifier)) return `${number}${qualifier}${gap}${measure}`;
  if (messages.qualifiers.behind.includes(qualifier)) return `${number}${gap}${measure} ${qualifier}`;
  return `${qualifier}${number}${gap}${measure}`;
}

const englishDates = new Map();

/** Write an ISO date or interval: 2022-07 → 2022年7月, July 2022. */
export function readableTime(iso, language) {
  if (iso.includes("/")) {
    return iso.split("/").map((part) => readableTime(part, language)).join(language === "zh" ? "至" : " – ");
  }
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(iso);
  if (!match) return iso;
  const [, year, month, day] = match;
  if (language === "zh") return `${year}年${month ? `${Number(month)}月` : ""}${day ? `${Number(day)}日` : ""}`;
  const parts = ["year", ...(month ? ["month"] : []), ...(day ? ["day"] : [])];
  return englishDate(parts).format(new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1)));
}

/** Return the format of a date in English; making one takes a hundred times as long as using it. */
function englishDate(parts) {
  const key = parts.join(" ");
  const form = { year: "numeric", month: "long", day: "numeric" };
  if (!englishDates.has(key)) {
    englishDates.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...Object.fromEntries(parts.map((part) => [part, form[part]])) }));
  }
  return englishDates.get(key);
}
