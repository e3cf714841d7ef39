import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { api } from "../shared/api/api.ts";
import { useCommand } from "../shared/api/use-command.ts";
import { listenToKeys } from "../shared/keys/registry.ts";
import { loadKeySettings } from "../shared/keys/settings.ts";
import { useKeys } from "../shared/keys/use-keys.ts";
import { joinLive, leaveLive } from "../shared/live/live-client.ts";
import { useLiveStatus } from "../shared/live/use-live.ts";
import { languages, pickLanguage, showLanguage } from "../shared/look/language.ts";
import { useLook } from "../shared/look/look.ts";
import { forgetSession, mayDo, sessionQuery, useSession } from "../shared/session/session.ts";
import { toasts } from "../shared/ui/toast.tsx";
import { areaOf, areas } from "./areas.ts";
import { AccountMenu } from "./frame/account-menu.tsx";
import { Frame } from "./frame/frame.tsx";
import { KeysDialog } from "./frame/keys-dialog.tsx";
import { OfflineBar } from "./frame/offline-bar.tsx";
import { Presence } from "./frame/presence.tsx";
import { useChannelTroubles } from "./frame/use-channel-troubles.ts";
import { useLateCount } from "./frame/use-late-count.ts";
import { connectLive } from "./live-dispatch.ts";
import { pages } from "./pages.ts";

/** Everything behind the sign-in: the frame, its keys and its live stream, around the page. */
export function Inside() {
  const { t, i18n } = useLingui();
  const session = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const path = useLocation({ select: (location) => location.pathname });
  const live = useLiveStatus();
  const look = useLook();
  const locale = pickLanguage([look.locale, session.agent.locale, ...navigator.languages], Object.keys(languages));
  const [keysShown, setKeysShown] = useState(false);
  const open = areas.filter((area) => pages[area.id] && (!area.verb || mayDo(session, area.verb)));

  useEffect(() => {
    loadKeySettings(session.agent.id);
    joinLive(session.agent.id);
    const stops = [connectLive(client), listenToKeys(), leaveLive];
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
  }, [i18n, locale]);

  useKeys("frame", [
    { id: "keys.show", keys: "?", label: t`All keys of this screen`, group: t`All`, run: () => setKeysShown(true) },
    { id: "undo", keys: "z", label: t`Undo the last act`, group: t`All`, run: () => toasts.undoLast() },
    ...open.map((area) => ({
      id: `go.${area.id}`,
      keys: `g ${area.key}`,
      label: i18n._(area.label),
      group: t`Go to`,
      run: () => void navigate({ to: area.path }),
    })),
  ]);

  const signOut = useCommand<void>({
    run: (_nothing, commandId) => api.delete("/api/session", {}, { commandId }),
    onDone: () => {
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
        late={useLateCount()}
        demo={session.demo}
        troubles={useChannelTroubles()}
        presence={mayDo(session, "work.take") ? <Presence agentId={session.agent.id} /> : null}
        account={
          <AccountMenu
            session={session}
            locale={locale}
            onKeys={() => setKeysShown(true)}
            onSignOut={() => signOut.send()}
            further={open
              .filter((area) => !area.phone)
              .map((area) => ({
                id: area.id,
                label: i18n._(area.label),
                go: () => void navigate({ to: area.path }),
              }))}
          />
        }
        offline={<OfflineBar />}
      >
        <Outlet />
      </Frame>
      <KeysDialog open={keysShown} onClose={() => setKeysShown(false)} />
    </>
  );
}
