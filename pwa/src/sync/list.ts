// Rows of the shift's list: sealed under the list's key for one worker and one place in the list, padded as ops are.
import { pad, utf8 } from "../domain/bytes";
import { IV_BYTES } from "../domain/pin";
import type { Entry } from "../domain/listed";
import type { ListRow } from "../store/schema";

const AES = "AES-GCM";

function bound(author: string, row: string): Uint8Array<ArrayBuffer> {
  return utf8(`${author}|${row}`);
}

/** Seals an entry. */
export async function sealEntry(key: CryptoKey, author: string, entry: Entry): Promise<ListRow> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const ct = await crypto.subtle.encrypt({ name: AES, iv, additionalData: bound(author, entry.row) }, key, pad(utf8(JSON.stringify(entry))));
  return { author, id: entry.row, iv, ct: new Uint8Array(ct) };
}

/** Opens a row; undefined when it is of another key, as after a PIN was destroyed in another tab. */
export async function openEntry(key: CryptoKey, { author, id, iv, ct }: ListRow): Promise<Entry | undefined> {
  try {
    const plain = await crypto.subtle.decrypt({ name: AES, iv, additionalData: bound(author, id) }, key, ct);
    return JSON.parse(new TextDecoder().decode(plain)) as Entry;
  } catch {
    return undefined;
  }
}
