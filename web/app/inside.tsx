import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useEffectEvent, useState } from "react";
import { api } from "../shared/api/api.ts";
import { newId } from "../shared/api/new-id.ts";
import { useCommand } from "../shared/api/use-command.ts";
import { listenToKeys, runBinding } from "../shared/keys/registry.ts";
import { loadKeySettings } from "../shared/keys/settings.ts";
import { useKeys } from "../shared/keys/use-keys.ts";
import { joinLive, leaveLive } from "../shared/live/live-client.ts";
import { useLiveStatus } from "../shared/live/use-live.ts";
import { languages, pickLanguage, showLanguage } from "../shared/look/language.ts";
import { changeLook, useLook } from "../shared/look/look.ts";
import { forgetSession, mayDo, sessionQuery, useSession } from "../shared/session/session.ts";
import { watchTyping } from "../shared/text/typed.ts";
import { toasts } from "../shared/ui/toast.tsx";
import { areaOf, areas } from "./areas.ts";
import { AccountMenu } from "./frame/account-menu.tsx";
import { Frame } from "./frame/frame.tsx";
import { KeysDialog } from "./frame/keys-dialog.tsx";
import { OfflineBar } from "./frame/offline-bar.tsx";
import { Presence } from "./frame/presence.tsx";
import { useChannelTroubles } from "./frame/use-channel-troubles.ts";
import { useForMe } from "./frame/use-for-me.ts";
import { useLateCount } from "./frame/use-late-count.ts";
import { useToPass } from "./frame/use-to-pass.ts";
import { connectLive } from "./live-dispatch.ts";
import { closeShown } from "./notices/close-shown.ts";
import { endPush } from "./notices/end-push.ts";
import { pages } from "./pages.ts";

const Palette = lazy(() => import("./search/palette-with-search.tsx"));
const LaterButton = lazy(() => import("../features/later/later-button.tsx"));
const ForMeNews = lazy(() => import("../features/for-me/for-me-news.tsx"));
const UnreadBar = lazy(() => import("./frame/unread-bar.tsx"));
const AlertBar = lazy(() => import("../features/escalation/alert-bar.tsx"));
const Watch = lazy(() => import("./notices/watch.tsx"));
const Shell = lazy(() => import("./shell/shell.tsx"));
const AlarmBar = lazy(() => import("../features/listening/alarm-bar.tsx"));

/** Everything behind the sign-in: the frame, its keys and its live stream, around the page. */
export function Inside() {
  const { t, i18n } = useLingui();
  const session = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const path = useLocation({ select: (location) => location.pathname });
  const live = useLiveStatus();
  const look = useLook();
  const chosen = session.preferences?.language;
  const locale = pickLanguage(
    [chosen, look.locale, session.agent.locale, ...navigator.languages],
    Object.keys(languages),
  );
  const [keysShown, setKeysShown] = useState(false);
  /** What stands in the palette's field at first; null: it is closed. */
  const [palette, setPalette] = useState<string | null>(null);
  const open = areas.filter((area) => pages[area.id] && (!area.verb || mayDo(session, area.verb)));

  const keptKeys = useEffectEvent(() => session.preferences?.keys);
  useEffect(() => {
    loadKeySettings(session.agent.id, keptKeys());
    joinLive(session.agent.id);
    const stops = [connectLive(client), listenToKeys(), watchTyping(), leaveLive];
    return () => {
      for (const stop of stops) stop();
    };
  }, [client, session.agent.id]);

  useEffect(() => {
    // The stream learns first that the session ended; asking for the session leads to the sign-in.
    if (live.state === "signed-out") void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
  }, [client, live.state]);

  useEffect(() => {
    if (i18n.locale !== locale) void showLanguage(locale);
    // The next page on this machine begins in it, before anybody has signed in.
    if (chosen !== undefined) changeLook({ locale });
  }, [i18n, locale, chosen]);

  useKeys("frame", [
    { id: "keys.show", keys: "?", label: t`All keys of this screen`, group: t`All`, run: () => setKeysShown(true) },
    { id: "palette.open", keys: "mod+k", label: t`Go to, or do`, group: t`All`, run: () => setPalette("") },
    {
      id: "search.open",
      keys: "/",
      label: t`Search`,
      group: t`Go to`,
      run: () => void navigate({ to: "/search", search: {} as never }),
    },
    { id: "palette.number", keys: "g g", label: t`Go to a number`, group: t`Go to`, run: () => setPalette("C-") },
    {
      id: "settings.open",
      keys: "g ,",
      label: t`Your settings`,
      group: t`Go to`,
      run: () => void navigate({ to: "/settings" }),
    },
    {
      id: "undo",
      keys: "z",
      label: t`Undo the last act`,
      group: t`All`,
      run: () => void (toasts.undoLast() || runBinding("undo.list")),
    },
    ...open.map((area) => ({
      id: `go.${area.id}`,
      keys: `g ${area.key}`,
      label: i18n._(area.label),
      group: t`Go to`,
      run: () => void navigate({ to: area.path }),
    })),
  ]);

  const openAddress = (href: string) => void navigate({ href });
  const openConversation = (conversationId: string) =>
    void navigate({ to: "/desk/$conversationId", params: { conversationId } });

  const signOut = useCommand<void>({
    run: async (_nothing, commandId) => {
      // While there is still a session that may say so.
      await endPush(navigator.serviceWorker, (endpoint) =>
        api.post("/api/reach/push/end", { endpoint }, { commandId: newId() }),
      );
      return api.delete("/api/session", {}, { commandId });
    },
    onDone: () => {
      void closeShown(navigator.serviceWorker);
      // First away, then forget: nothing behind the sign-in is drawn without its session.
      void navigate({ to: "/sign-in", search: { next: "/" } }).then(() => forgetSession(client));
    },
    onProblem: () => toasts.add({ text: t`Not signed out: the server did not answer.` }),
  });

  return (
    <>
      <Frame
        areas={open}
        current={areaOf(path)}
        onFind={() => setPalette("")}
        late={useLateCount()}
        toPass={useToPass()}
        forMe={useForMe()}
        demo={session.demo}
        troubles={useChannelTroubles()}
        presence={
          <>
            {mayDo(session, "conversation.read") ? (
              <Suspense fallback={null}>
                <LaterButton open={openConversation} />
                <ForMeNews open={openConversation} openList={() => void navigate({ to: "/for-me" })} />
              </Suspense>
            ) : null}
            {mayDo(session, "work.take") ? <Presence agentId={session.agent.id} /> : null}
          </>
        }
        account={
          <AccountMenu
            session={session}
            locale={locale}
            onKeys={() => setKeysShown(true)}
            onSettings={() => void navigate({ to: "/settings" })}
            onSignOut={() => signOut.send()}
            further={
              session.demo ? [{ id: "book", label: t`Component book`, go: () => void navigate({ to: "/book" }) }] : []
            }
          />
        }
        offline={
          <>
            <OfflineBar />
            <Suspense fallback={null}>
              <Shell open={openAddress} />
              <Watch open={openAddress} />
              <UnreadBar />
              <AlertBar />
              {mayDo(session, "monitor.manage") ? <AlarmBar /> : null}
            </Suspense>
          </>
        }
      >
        <Outlet />
      </Frame>
      {palette === null ? null : (
        <Suspense fallback={null}>
          <Palette
            me={session.agent.id}
            start={palette}
            open={openConversation}
            onClose={(run) => {
              setPalette(null);
              // When it is gone and the focus is back where it came from: what is done may move it.
              if (run) requestAnimationFrame(() => requestAnimationFrame(run));
            }}
          />
        </Suspense>
      )}
      <KeysDialog open={keysShown} onClose={() => setKeysShown(false)} />
    </>
  );
}
