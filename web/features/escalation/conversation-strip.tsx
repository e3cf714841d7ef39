import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useCommand } from "../../shared/api/use-command.ts";
import { useMay } from "../../shared/session/session.ts";
import { useLists } from "../../shared/text/use-lists.ts";
import { Banner } from "../../shared/ui/banner.tsx";
import { Button } from "../../shared/ui/button.tsx";
import css from "./escalation.module.css";
import { alertsQuery, bindConversation, crisesQuery, openQuery } from "./escalation-query.ts";

type Props = {
  conversationId: string;
  /** Puts words into the draft; null where this agent does not answer here. */
  onUse: ((text: string) => void) | null;
};

/** What is escalated of this conversation, the crisis it belongs to, and the words that are at hand for it. */
export default function ConversationStrip({ conversationId, onUse }: Props) {
  const { t } = useLingui();
  const { and } = useLists();
  const sees = useMay("escalation.read");
  const leads = useMay("crisis.lead");
  const open = useQuery({ ...openQuery, enabled: sees });
  const alerts = useQuery(alertsQuery);
  const runs = (alerts.data?.crises.length ?? 0) > 0;
  const crises = useQuery({ ...crisesQuery, enabled: runs });
  const bind = useCommand({ run: bindConversation, invalidates: () => [["crises"], ["conversation", conversationId]] });
  const mine = (open.data?.items ?? []).filter((e) => e.conversation?.id === conversationId);
  const running = runs ? (crises.data?.crises ?? []).filter((c) => c.state === "running") : [];
  const bound = running.filter((c) => c.conversations.some((one) => one.id === conversationId));
  const [first] = running;
  const use = (text: string) =>
    onUse ? <Button size="small" onClick={() => onUse(text)}>{t`Use the holding statement`}</Button> : null;
  return (
    <div className={css.strip}>
      {mine.map((e) => {
        const names = e.owner?.name ?? and(e.paged.map((one) => one.name));
        const n = e.owner ? 1 : e.paged.length;
        return (
          <Banner
            key={e.id}
            look="note"
            icon="flag"
            title={t`Escalated, severity ${e.severity}.`}
            acts={e.holding[0] ? use(e.holding[0].text) : null}
          >
            {e.state === "paging" ? (
              t`${plural(n, { one: `${names} is asked.`, other: `${names} are asked.` })}`
            ) : (
              <Trans>{names} has it.</Trans>
            )}
          </Banner>
        );
      })}
      {bound.map((c) => (
        <Banner
          key={c.id}
          look="soon"
          icon="flag"
          title={t`Belongs to the crisis “${c.topic}”.`}
          acts={c.holding ? use(c.holding) : null}
        >
          <Trans>In public only {c.spokesperson.name} answers.</Trans>
        </Banner>
      ))}
      {first && bound.length === 0 && leads ? (
        <Banner
          look="plain"
          icon="flag"
          title={t`The crisis “${first.topic}” runs.`}
          acts={
            <Button
              size="small"
              busy={bind.busy}
              onClick={() => bind.send({ id: first.id, expectedVersion: first.version, conversationId, bound: true })}
            >{t`This belongs to it`}</Button>
          }
        />
      ) : null}
    </div>
  );
}
