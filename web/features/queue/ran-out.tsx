import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../shared/api/api.ts";
import { presenceQuery } from "../../shared/api/presence-query.ts";
import { useCommand } from "../../shared/api/use-command.ts";
import { useKeyFor } from "../../shared/keys/use-keys.ts";
import { useSession } from "../../shared/session/session.ts";
import { announce } from "../../shared/ui/announcer.tsx";
import { Banner } from "../../shared/ui/banner.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { printKeys } from "../../shared/ui/key-hint.tsx";

/** An offer ran out without an answer: no more customers wait for this agent until they say that they are here. */
export function RanOut() {
  const { t } = useLingui();
  const me = useSession().agent.id;
  const { data } = useQuery(presenceQuery);
  const [choose, take] = [useKeyFor("presence.choose", "h"), useKeyFor("work.take", "t")];
  const here = useCommand<void>({
    run: (_nothing, commandId) =>
      api.put("/api/presence/me", { state: "available", until: null, reason: "" }, { commandId }),
    invalidates: () => [presenceQuery.queryKey, ["offers"]],
    onDone: () => announce(t`You are available again.`),
  });
  const takeKey = take === undefined ? null : printKeys(take);
  if (data?.agents.find((agent) => agent.agentId === me)?.state !== "not-responding") return null;
  return (
    <Banner
      look="soon"
      announce="assertive"
      title={t`An offer ran out.`}
      acts={
        <Button
          size="small"
          look="primary"
          busy={here.busy}
          keys={choose && `${choose} enter`}
          onClick={() => here.send()}
        >
          {t`I am here`}
        </Button>
      }
    >
      {t`It went to somebody else, and nobody waits for you now.`}
      {takeKey === null ? null : ` ${t`${takeKey} makes you available and takes the next.`}`}
    </Banner>
  );
}
