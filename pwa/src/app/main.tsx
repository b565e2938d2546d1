// Start of the page: `/` is the phone, `/console` loads the console's own chunk.
import "../ui/kit/tokens.css";
import "../ui/kit/base.css";
import { startPhone } from "../ui/capture";

async function start(root: HTMLElement): Promise<void> {
  if (/^\/console(?:\/|$)/u.test(location.pathname)) {
    const console = await import("../ui/console");
    await console.start(root);
  } else await startPhone(root);
}

const root = document.getElementById("app");
if (root !== null) void start(root);
