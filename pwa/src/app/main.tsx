// Start of the page: `/` is the phone, `/console` loads the console's own chunk.
import "../ui/kit/tokens.css";
import "../ui/kit/base.css";
import { render } from "preact";

const root = document.getElementById("app");

async function start(): Promise<void> {
  if (root === null) return;
  if (/^\/console(?:\/|$)/u.test(location.pathname)) {
    const console = await import("../ui/team");
    await console.start(root);
    return;
  }
  render(<main />, root);
}

void start();
