import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import css from "./settings.module.css";

/** The browser's own offer, kept by public/look.js; not every browser makes one. */
type Install = { prompt: () => Promise<{ outcome: "accepted" | "dismissed" }> };
const kept = (): Install | null => (globalThis as { hubbubInstall?: Install }).hubbubInstall ?? null;
const isInstalled = (): boolean => matchMedia("(display-mode: standalone)").matches;

/** The desk as an app of its own window. */
export function AppCard() {
  const { t } = useLingui();
  const [offer, setOffer] = useState(kept);
  const [installed, setInstalled] = useState(isInstalled);
  async function install(): Promise<void> {
    const { outcome } = (await offer?.prompt()) ?? { outcome: "dismissed" };
    // An offer can be taken up once.
    Reflect.deleteProperty(globalThis, "hubbubInstall");
    setOffer(null);
    setInstalled(outcome === "accepted");
  }
  return (
    <Card title={t`As an app`}>
      <div className={css.stack}>
        {installed ? (
          <p>
            <Chip look="good" icon="done">{t`The desk is installed here.`}</Chip>
          </p>
        ) : offer ? (
          <div className={css.line}>
            <span className={css.kindWords}>
              <b>{t`A window of its own`}</b>
              <span className="small mid">{t`The desk stands beside your other programs, with its own sign.`}</span>
            </span>
            <Button icon="download" onClick={() => void install()}>{t`Install the desk`}</Button>
          </div>
        ) : (
          <p className="mid">
            {t`Your browser can give the desk a window of its own: look for “Install” or “Add to home screen” in its menu.`}
          </p>
        )}
        <p className="small mid">
          {t`Only the empty page is kept on this machine. Conversations are not: without a connection the desk says so and waits.`}
        </p>
      </div>
    </Card>
  );
}
