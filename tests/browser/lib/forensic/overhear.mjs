// What a page seals and with which keys, told to the test while it happens: the oracle for what must be nowhere on the disk.

/** Tells what passes through the page's cryptography. Runs in the page, before the app. */
function listen() {
  // A page without an origin has no cryptography.
  if (globalThis.SubtleCrypto === undefined) return;
  const subtle = SubtleCrypto.prototype;
  const { encrypt, importKey, exportKey, deriveBits, generateKey } = subtle;
  const bytesOf = (data) => (ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data));
  const hex = (data) => Array.from(bytesOf(data), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const tell = (kind, data) => void globalThis.overheard(kind, data);
  const tellKey = (data) => (data.kty === undefined ? tell('keys', hex(data)) : tell('written', data.d ?? data.k ?? ''));
  Object.assign(subtle, {
    encrypt(algorithm, key, data) {
      tell('plaintexts', hex(data));
      return encrypt.call(this, algorithm, key, data);
    },
    importKey(format, data, ...rest) {
      if (format !== 'spki' && !(format === 'raw' && /^EC/.test(rest[0].name ?? rest[0]))) tellKey(data);
      return importKey.call(this, format, data, ...rest);
    },
    async exportKey(format, key) {
      const data = await exportKey.call(this, format, key);
      if (key.type !== 'public') tellKey(data);
      return data;
    },
    async deriveBits(...given) {
      const bits = await deriveBits.apply(this, given);
      tellKey(bits);
      return bits;
    },
    async generateKey(...given) {
      const made = await generateKey.apply(this, given);
      const secret = made.privateKey ?? made;
      if (secret.extractable) tellKey(await exportKey.call(this, 'jwk', secret));
      return made;
    },
  });
}

/** Keys of so few different bytes stand everywhere: an empty salt is no secret. */
const LEAST = 8;

/**
 * Listens to every page of a context from its next load on.
 *
 * @param {import('playwright-core').BrowserContext} context
 * @param {{plaintexts: Set<string>, keys: Set<string>}} heard is added to; keys are hex
 */
export async function overhear(context, heard) {
  const addKey = (bytes) => {
    if (new Set(bytes).size >= LEAST) heard.keys.add(bytes.toString('hex'));
  };
  await context.exposeBinding('overheard', (_source, kind, data) => {
    const bytes = Buffer.from(data, kind === 'written' ? 'base64url' : 'hex');
    // What is wrapped under another key is a key itself.
    if (kind === 'plaintexts' && bytes[0] === '{'.charCodeAt(0)) heard.plaintexts.add(bytes.toString());
    else addKey(bytes);
  });
  await context.addInitScript(listen);
}
