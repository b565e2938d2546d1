// "Save a copy": sealed records leave the phone as a file through the share sheet, or as a download, and can be delivered from anywhere.
// Everything stays on the phone as well: the copy changes nothing here.
import { writeCopy } from "../domain/copy";
import { signedCopy } from "../sync/copy";
import { sources } from "./clock";
import { device } from "./state";

/** How it ended, with the number of records in the copy. */
export type Copied = { kind: "shared" | "downloaded"; file: string; records: number } | { kind: "nothing" | "cancelled" | "failed" };

const LINK_MS = 60_000;
let made = 0;

/** The share sheet takes text files everywhere, others only here and there. */
function asFile(text: string): File {
  made += 1;
  return new File([text], `copy-${made}.txt`, { type: "text/plain" });
}

function download(file: File): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), LINK_MS);
}

/** Hands a file to the share sheet. Answers whether it was taken; undefined where there is no share sheet for files. */
async function share(file: File): Promise<boolean | undefined> {
  if (!("canShare" in navigator) || !navigator.canShare({ files: [file] })) return undefined;
  try {
    await navigator.share({ files: [file] });
    return true;
  } catch (error) {
    return error instanceof DOMException && error.name === "AbortError" ? false : undefined;
  }
}

/** Saves a copy of what waits; where nothing waits, of everything that this phone holds. */
export async function saveCopy(): Promise<Copied> {
  const self = device.value;
  if (self === undefined) return { kind: "nothing" };
  try {
    const { batches, records } = await signedCopy(self, sources);
    if (batches.length === 0) return { kind: "nothing" };
    const file = asFile(writeCopy(batches));
    const shared = await share(file);
    if (shared === false) return { kind: "cancelled" };
    if (shared === undefined) download(file);
    return { kind: shared === undefined ? "downloaded" : "shared", file: file.name, records };
  } catch {
    return { kind: "failed" };
  }
}
