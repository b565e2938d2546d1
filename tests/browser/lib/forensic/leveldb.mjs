// Chromium's LevelDB files as somebody with a laboratory reads them: what compressed tables and split journals hold, put together again.

const TABLE = Buffer.from('57fb808b247547db', 'hex');
const TABLE_END = 48;
const JOURNAL_BLOCK = 32_768;
const JOURNAL_HEADER = 7;

/** A variable-length integer of LevelDB, Snappy and V8: its value and where it ends. */
export function varintAt(bytes, at) {
  let value = 0;
  for (let shift = 1; ; shift *= 128) {
    const byte = bytes[at++] ?? 0;
    value += (byte & 127) * shift;
    if (byte < 128) return [value, at];
  }
}

/** Decompresses a Snappy block. */
export function unsnappy(bytes) {
  let [length, at] = varintAt(bytes, 0);
  const out = Buffer.alloc(length);
  let end = 0;
  const copy = (distance, count) => {
    for (; count > 0; count -= 1, end += 1) out[end] = out[end - distance];
  };
  while (at < bytes.length) {
    const tag = bytes[at++];
    const rest = tag >> 2;
    if ((tag & 3) === 0) {
      const extra = Math.max(0, rest - 59);
      const count = extra === 0 ? rest + 1 : bytes.readUIntLE(at, extra) + 1;
      at += extra;
      bytes.copy(out, end, at, at + count);
      at += count;
      end += count;
    } else if ((tag & 3) === 1) copy(((tag >> 5) << 8) | bytes[at++], ((tag >> 2) & 7) + 4);
    else {
      const size = (tag & 3) === 2 ? 2 : 4;
      copy(bytes.readUIntLE(at, size), rest + 1);
      at += size;
    }
  }
  return out;
}

/** A block of a table file, by its handle. A way of compression that this reader doesn't know hides something: that is an error. */
function block(table, offset, size) {
  const bytes = table.subarray(offset, offset + size);
  const compression = table[offset + size];
  if (compression === 1) return unsnappy(bytes);
  if (compression === 0) return bytes;
  throw new Error(`a table with compression ${compression}, which this reader doesn't know`);
}

/** All data blocks of a table file, decompressed. */
export function blocks(table) {
  if (table.length < TABLE_END || !table.subarray(-8).equals(TABLE)) return [];
  const footer = table.subarray(-TABLE_END);
  let at = 0;
  let offset;
  let size;
  [, at] = varintAt(footer, at);
  [, at] = varintAt(footer, at);
  [offset, at] = varintAt(footer, at);
  [size] = varintAt(footer, at);
  const index = block(table, offset, size);
  const end = index.length - 4 - 4 * index.readUInt32LE(index.length - 4);
  const found = [];
  for (at = 0; at < end; ) {
    let own;
    let length;
    [, at] = varintAt(index, at);
    [own, at] = varintAt(index, at);
    [length, at] = varintAt(index, at);
    at += own;
    const [start, after] = varintAt(index, at);
    const [count] = varintAt(index, after);
    found.push(block(table, start, count));
    at += length;
  }
  return found;
}

/**
 * The records of a journal (`000003.log`, `MANIFEST-000001`), each in one piece: on disk a record that crosses a block of 32 KiB has a header
 * in its middle. Ends where the journal was cut off.
 */
export function journal(bytes) {
  const found = [];
  let parts = [];
  for (let at = 0; at + JOURNAL_HEADER <= bytes.length; ) {
    const left = JOURNAL_BLOCK - (at % JOURNAL_BLOCK);
    if (left < JOURNAL_HEADER) {
      at += left;
      continue;
    }
    const length = bytes.readUInt16LE(at + 4);
    const type = bytes[at + 6];
    if (type < 1 || type > 4 || length > left - JOURNAL_HEADER) break;
    const part = bytes.subarray(at + JOURNAL_HEADER, at + JOURNAL_HEADER + length);
    parts = type === 1 || type === 2 ? [part] : [...parts, part];
    if (type === 1 || type === 4) found.push(Buffer.concat(parts));
    at += JOURNAL_HEADER + length;
  }
  return found;
}
