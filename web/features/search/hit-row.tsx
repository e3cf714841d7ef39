import { Plural, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { SearchHit, SearchPerson } from "#contracts/search";
import { useLists } from "../../shared/text/use-lists.ts";
import { Avatar } from "../../shared/ui/avatar.tsx";
import { ChannelMark } from "../../shared/ui/channel-mark.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { Marked } from "./marked.tsx";
import css from "./search.module.css";

/** A conversation by the message in it that answers. */
export function HitRow({ hit }: { hit: SearchHit }) {
  const { t } = useLingui();
  const who = hit.customer.name || hit.author;
  return (
    <Link to="/desk/$conversationId" params={{ conversationId: hit.conversationId }} className={css.row} data-hit="">
      <ChannelMark network={hit.mark.network} audience={hit.mark.audience} />
      <span className={css.face}>
        <span className={css.line}>
          <bdi className={css.who}>{who}</bdi>
          {hit.direction === "out" ? (
            <span className={css.said}>{t`${hit.author || t`We`} answered`}</span>
          ) : hit.author && hit.author !== who ? (
            <bdi className={css.said}>{hit.author}</bdi>
          ) : null}
          <span className="grow" />
          {hit.mine ? <Chip look="info">{t`Yours`}</Chip> : null}
          {hit.open && hit.queue ? <span className={css.queue}>{hit.queue}</span> : null}
          {hit.open ? null : <span className={css.queue}>{t`done`}</span>}
          <span className={css.end}>{hit.number}</span>
          <span className={css.end}>
            <Moment at={hit.at} />
          </span>
        </span>
        <span className={css.text} dir="auto">
          <Marked text={hit.text} spans={hit.spans} />
        </span>
        {hit.also > 0 ? (
          <span className={css.also}>
            <Plural value={hit.also} one="and # more message in it" other="and # more messages in it" />
          </span>
        ) : null}
      </span>
    </Link>
  );
}

export function PersonRow({ person }: { person: SearchPerson }) {
  const { list } = useLists();
  return (
    <Link to="/customers/$customerId" params={{ customerId: person.id }} className={css.row} data-hit="">
      <Avatar name={person.name} size="small" />
      <span className={css.face}>
        <span className={css.line}>
          <bdi className={css.who}>
            <Marked text={person.name} spans={person.spans} />
          </bdi>
          <span className={css.said}>
            {list([...new Set(person.handles.map((one) => one.handle))].filter((one) => one !== person.name))}
          </span>
          <span className="grow" />
          <span className={css.end}>
            <Moment at={person.lastSeenAt} />
          </span>
        </span>
      </span>
    </Link>
  );
}
