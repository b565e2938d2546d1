// Runs of a secret that stand in a piece: for plaintexts of which any part would be too much.

const LEAST = 12;
// Five: what six bytes count to, times 256, is more than a number holds exactly.
const GRAM = 5;

/** A group of bytes as a number, to be looked up by. */
const shifted = (value, byte) => (value * 256 + byte) % 2 ** (8 * GRAM);

/** Where each group of bytes stands in the secrets' texts. */
function index(texts) {
  const grams = new Map();
  for (const [n, text] of texts.entries()) {
    let gram = 0;
    for (let at = 0; at < text.length; at += 1) {
      gram = shifted(gram, text[at]);
      if (at < GRAM - 1) continue;
      const places = grams.get(gram) ?? [];
      places.push([n, at - GRAM + 1]);
      grams.set(gram, places);
    }
  }
  return grams;
}

/** A coarse net before the exact one: which last two bytes a group may have. */
function net(grams) {
  const ends = new Uint8Array(65_536);
  for (const gram of grams.keys()) ends[gram % 65_536] = 1;
  return ends;
}

/** How far secret and piece are the same from there on. */
function length(text, at, bytes, hit) {
  let same = 0;
  while (at + same < text.length && hit + same < bytes.length && text[at + same] === bytes[hit + same]) same += 1;
  return same;
}

/** A question that is asked once for each text. */
function remembered(ask) {
  const known = new Map();
  return (text) => {
    if (!known.has(text)) known.set(text, ask(text));
    return known.get(text);
  };
}

/** Runs of at least twelve characters in a piece that the texts have too, each place once. */
function* runsIn(bytes, texts, grams, ends, width) {
  // Where the last run ended that a text had at the same distance from the piece.
  const done = new Map();
  let gram = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    gram = shifted(gram, bytes[at]);
    if (ends[gram % 65_536] === 0) continue;
    const from = at - GRAM + 1;
    for (const [n, start] of grams.get(gram) ?? []) {
      const diagonal = `${n} ${start - from}`;
      if (from < (done.get(diagonal) ?? 0)) continue;
      const same = length(texts[n], start, bytes, from);
      done.set(diagonal, from + same);
      // From the beginning of a letter on.
      if (same >= LEAST * width) yield bytes.subarray(from + (start % width), from + same).toString(width === 2 ? 'utf16le' : 'utf8');
    }
  }
}

/**
 * What of the secrets stands in the pieces, as UTF-8 or UTF-16 (of either byte order: the one is the other, a byte later), in runs of at least
 * twelve characters that are not public anyway. One line for each run.
 */
export function runs(secrets, found, isPublic) {
  const lines = new Set();
  const known = remembered(isPublic);
  for (const width of [1, 2]) {
    const texts = [...new Set(secrets)].map((secret) => Buffer.from(secret.trimEnd(), width === 2 ? 'utf16le' : 'utf8'));
    const grams = index(texts);
    const ends = net(grams);
    for (const { name, bytes } of found) {
      for (const run of runsIn(bytes, texts, grams, ends, width)) if (!known(run)) lines.add(`${name}: ${JSON.stringify(run)}`);
    }
  }
  return [...lines];
}
