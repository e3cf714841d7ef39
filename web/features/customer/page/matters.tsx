import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { CustomerConversation } from "#contracts/customer-page";
import { Card } from "../../../shared/ui/card.tsx";
import { Chip } from "../../../shared/ui/chip.tsx";
import { Moment } from "../../../shared/ui/moment.tsx";
import css from "./customer-page.module.css";

/** What is open, and what came of what was. */
export function Matters({ conversations }: { conversations: readonly CustomerConversation[] }) {
  const { t } = useLingui();
  const open = conversations.filter((one) => one.state === "open");
  const over = conversations.filter((one) => one.state !== "open");
  return (
    <Card title={t`Matters`} aside={<span className="mute num">{conversations.length}</span>}>
      {conversations.length === 0 ? <p className="small mid">{t`Nothing was said to us where you may read.`}</p> : null}
      <ul className={css.matters}>
        {[...open, ...over].map((one) => (
          <Matter key={one.id} conversation={one} />
        ))}
      </ul>
    </Card>
  );
}

function Matter({ conversation }: { conversation: CustomerConversation }) {
  const { t } = useLingui();
  const last = conversation.episodes.at(-1);
  const ended = conversation.episodes.findLast((one) => one.doneAt !== null);
  return (
    <li className={css.matter}>
      <Link to="/desk/$conversationId" params={{ conversationId: conversation.id }} preload={false} className="clip">
        <span className="num mute">{conversation.number}</span> <bdi>{conversation.subject}</bdi>
      </Link>
      <span className={css.chips}>
        {conversation.state === "open" ? <Chip look="info">{t`open`}</Chip> : null}
        {last?.state === "open" && last.reopens !== null ? <Chip look="soon">{t`came back`}</Chip> : null}
        {ended?.outcome ? (
          conversation.state === "open" ? (
            <span className="micro mute">{t`last time: ${ended.outcome}`}</span>
          ) : (
            <Chip>{ended.outcome}</Chip>
          )
        ) : null}
        {conversation.episodes.length > 1 ? (
          <span className="micro mute num">{t`${conversation.episodes.length} episodes`}</span>
        ) : null}
      </span>
      <span className="small mute">
        <Moment at={conversation.lastAt} />
      </span>
    </li>
  );
}
