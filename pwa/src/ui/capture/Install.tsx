// Putting the app on the home screen: the browser's own offer, or on an iPhone the way in three pictures.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { install, installWay } from "../../app/install";
import { t } from "../../i18n/phone";
import { Button } from "../kit/Button";
import { Sheet } from "../kit/Sheet";
import "./tabs.css";

/** The Share button in the browser's lower bar. */
function SharePicture(): JSX.Element {
  return (
    <svg class="picture" viewBox="0 0 120 72" aria-hidden="true" focusable="false">
      <path d="M8 2h104v68H8zM8 44h104M28 54l-6 5 6 5M40 54l6 5-6 5M82 53h12v11H82zM96 56h3v11H86v-2" />
      <path class="picture-main" d="M60 61V48m-5 5 5-5 5 5m-9 1h-3v12h14V54h-3" />
    </svg>
  );
}

/** The line "Add to Home Screen" in the list that Share opens. */
function AddPicture(): JSX.Element {
  return (
    <svg class="picture" viewBox="0 0 120 72" aria-hidden="true" focusable="false">
      <path d="M8 70V10q0-8 8-8h88q8 0 8 8v60M18 16h50M96 12h8v8h-8zM18 60h40M96 56h8v8h-8z" />
      <path class="picture-main" d="M14 28h92v20H14zM22 38h44M92 32h10v12H92zM97 35v6m-3-3h6" />
    </svg>
  );
}

/** The app among the others on the home screen. */
function OpenPicture(): JSX.Element {
  return (
    <svg class="picture" viewBox="0 0 120 72" aria-hidden="true" focusable="false">
      <path d="M36 2h48q4 0 4 4v64H32V6q0-4 4-4M40 12h10v10H40zM70 12h10v10H70zM40 30h10v10H40zM70 30h10v10H70zM40 48h10v10H40z" />
      <path class="picture-main" d="M55 12h10v10H55zM60 15a2 2 0 1 0 0 4 2 2 0 0 0 0-4M60 26v26m0-26-4 5m4-5 4 5" />
    </svg>
  );
}

const STEPS = [
  [1, SharePicture],
  [2, AddPicture],
  [3, OpenPicture],
] as const;

/** The iPhone's way: a button that opens the pictures. */
export function IosInstall(): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon="install" onClick={() => setOpen(true)}>
        {t("install_ios")}
      </Button>
      {open && (
        <Sheet title={t("install")} done={t("done")} onClose={() => setOpen(false)}>
          <ol class="install-steps">
            {STEPS.map(([n, Picture]) => (
              <li key={n}>
                <Picture />
                <p>
                  <b>{n}. </b>
                  {t(`install_ios_${n}`)}
                </p>
              </li>
            ))}
          </ol>
          <p class="muted">{t("install_ios_code")}</p>
        </Sheet>
      )}
    </>
  );
}

/** The hint, where this browser has a way and the app is not on the home screen yet. */
export function InstallHint(): JSX.Element | null {
  switch (installWay.value) {
    case "ios":
      return <IosInstall />;
    case "ask":
      return (
        <div class="stack">
          <p class="muted">{t("install_text")}</p>
          <Button icon="install" onClick={() => void install()}>
            {t("install")}
          </Button>
        </div>
      );
    case undefined:
      return null;
  }
}
