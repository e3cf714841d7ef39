import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useLiveStatus } from "../../shared/live/use-live.ts";
import { installWorker } from "../../shared/look/worker.ts";
import { holdsTyped } from "../../shared/text/typed.ts";
import { Banner } from "../../shared/ui/banner.tsx";
import { Button } from "../../shared/ui/button.tsx";
import css from "../frame/offline-bar.module.css";

/** A desk that stands open for days asks so often for a new version, ms. */
const LOOK_EVERY = 30 * 60_000;

/** The desk as an app: its worker, the way a notice leads, and "A new version is here". */
export default function Shell({ open }: { open: (url: string) => void }) {
  const { t } = useLingui();
  const [waiting, setWaiting] = useState<ServiceWorker | null>(null);
  const [later, setLater] = useState(false);
  /** Something is typed on this page that goes with it: asked once more. */
  const [asks, setAsks] = useState(false);
  /** Of the press that was last: ended when nothing comes of it. */
  const pressed = useRef<AbortController | null>(null);
  const online = useLiveStatus().state === "online";
  const go = useEffectEvent(open);

  useEffect(() => {
    const container = navigator.serviceWorker;
    if (!container) return;
    let left = false;
    let found: ServiceWorkerRegistration | null = null;
    const watch = (worker: ServiceWorker | null) => {
      if (!worker) return;
      // Without a worker before it there is nothing new: it is the first.
      const look = () => {
        if (worker.state === "installed" && container.controller) setWaiting(worker);
        // A still newer one took its place.
        if (worker.state === "redundant") setWaiting((one) => (one === worker ? null : one));
      };
      worker.addEventListener("statechange", look);
      look();
    };
    const onFound = () => watch(found?.installing ?? null);
    const onSaid = (event: MessageEvent<{ open?: unknown }>) => {
      const url = event.data?.open;
      if (typeof url === "string" && /^\/(?!\/)/.test(url)) go(url);
    };
    installWorker()
      .then((registration) => {
        if (left) return;
        found = registration;
        watch(registration.waiting);
        watch(registration.installing);
        registration.addEventListener("updatefound", onFound);
      })
      // Refused by the browser's settings: the desk works without.
      .catch(() => undefined);
    const timer = setInterval(() => void found?.update().catch(() => undefined), LOOK_EVERY);
    container.addEventListener("message", onSaid);
    container.startMessages();
    return () => {
      left = true;
      pressed.current?.abort();
      clearInterval(timer);
      found?.removeEventListener("updatefound", onFound);
      container.removeEventListener("message", onSaid);
    };
  }, []);

  useEffect(() => {
    // A server that comes back may be a newer one.
    if (online)
      void navigator.serviceWorker
        ?.getRegistration()
        .then((one) => one?.update())
        .catch(() => undefined);
  }, [online]);

  function load(): void {
    if (!waiting) return;
    if (!asks && holdsTyped()) {
      setAsks(true);
      return;
    }
    // Another window let it take over: only this page is still the old one.
    if (waiting.state === "activating" || waiting.state === "activated") {
      location.reload();
      return;
    }
    pressed.current?.abort();
    const press = new AbortController();
    pressed.current = press;
    const { signal } = press;
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true, signal });
    // Nothing may load the page later, when nobody asks for it any more.
    waiting.addEventListener("statechange", () => waiting.state === "redundant" && press.abort(), { signal });
    waiting.postMessage("take-over");
  }

  if (!waiting || later) return null;
  return (
    <div className={css.bar}>
      <Banner
        look="plain"
        icon="download"
        announce="polite"
        title={asks ? <Trans>What you have typed here is not kept yet.</Trans> : <Trans>A new version is here.</Trans>}
        acts={
          asks ? (
            // The safe one stands where the press was.
            <>
              <Button size="small" look="primary" onClick={() => setAsks(false)}>{t`Go on writing`}</Button>
              <Button size="small" onClick={load}>{t`Load it and lose that`}</Button>
            </>
          ) : (
            <>
              <Button size="small" look="primary" onClick={load}>{t`Load it now`}</Button>
              <Button size="small" onClick={() => setLater(true)}>{t`Later`}</Button>
            </>
          )
        }
      >
        {asks ? (
          <Trans>Save or send it first. Replies you are writing are kept in any case.</Trans>
        ) : (
          <Trans>Replies you are writing are kept.</Trans>
        )}
      </Banner>
    </div>
  );
}
