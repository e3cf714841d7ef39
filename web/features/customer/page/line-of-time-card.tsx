import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import type { CustomerBurst, CustomerPage } from "#contracts/customer-page";
import { useKeys } from "../../../shared/keys/use-keys.ts";
import { Comma } from "../../../shared/text/comma.tsx";
import { useNow } from "../../../shared/time/clock.ts";
import { useTimeWords } from "../../../shared/time/format.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Card } from "../../../shared/ui/card.tsx";
import { ChannelMark } from "../../../shared/ui/channel-mark.tsx";
import { Icon } from "../../../shared/ui/icon.tsx";
import { Moment } from "../../../shared/ui/moment.tsx";
import { networkSign } from "../../../shared/ui/network-sign.ts";
import css from "./customer-page.module.css";
import { type LineItem, lineOfTime, withPages } from "./line-of-time.ts";

export type EarlierPages = { pages: readonly CustomerPage[]; busy: boolean; ask: (before: string) => void };

/** All media, the newest above; work stands where it began and ended. */
export function LineOfTime({ view, pages }: { view: CustomerPage; pages: EarlierPages }) {
  const { t } = useLingui();
  const list = useRef<HTMLOListElement>(null);
  const whole = withPages(view, pages.pages);
  const items = lineOfTime(whole.bursts, view.conversations, whole.earlier !== null);

  function step(by: 1 | -1): void {
    const all = [...(list.current?.querySelectorAll<HTMLElement>("[data-line-item]") ?? [])];
    const at = all.findIndex((one) => one.contains(document.activeElement));
    const next = all[at === -1 ? (by === 1 ? 0 : all.length - 1) : at + by];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }
  useKeys("screen", [
    {
      id: "list.next",
      keys: ["j", "arrowdown"],
      label: t`Next on the line of time`,
      group: t`Go to`,
      run: () => step(1),
    },
    {
      id: "list.before",
      keys: ["k", "arrowup"],
      label: t`Before on the line of time`,
      group: t`Go to`,
      run: () => step(-1),
    },
  ]);

  return (
    <Card title={t`On one line of time`} flush>
      {items.length === 0 ? <p className={`small mid ${css.none}`}>{t`Nothing was said yet.`}</p> : null}
      <ol className={css.line} ref={list}>
        {items.map((item) => (
          <li key={item.key}>{item.kind === "burst" ? <BurstItem item={item} /> : <WorkItem item={item} />}</li>
        ))}
      </ol>
      {whole.earlier !== null ? (
        <div className={css.more}>
          <Button busy={pages.busy} onClick={() => pages.ask(whole.earlier!)}>{t`Show what was before`}</Button>
        </div>
      ) : null}
    </Card>
  );
}

function WorkItem({ item }: { item: Extract<LineItem, { kind: "opened" | "done" }> }) {
  const { t } = useLingui();
  const now = useNow("minute");
  const words = useTimeWords();
  const { episode, conversation } = item;
  const { ordinal, provisionalUntil } = episode;
  const outcome = episode.outcome ?? "";
  const provisional = item.kind === "done" && provisionalUntil !== null && Date.parse(provisionalUntil) > now;
  return (
    <div className={css.work} data-line-item tabIndex={-1}>
      <Icon name={item.kind === "done" ? "done" : episode.reopens === null ? "flag" : "undo"} size="small" />
      <span className="grow">
        {item.kind === "done"
          ? outcome
            ? t`Episode ${ordinal} done: ${outcome}`
            : t`Episode ${ordinal} done`
          : episode.reopens === null
            ? t`Episode ${ordinal} opened`
            : t`Episode ${ordinal} opened: they came back`}
        {provisional ? <span className="mute">. {t`Provisional until ${words.date(provisionalUntil)}`}</span> : null}
      </span>
      <ConversationLink conversation={conversation} />
      <span className="mute">
        <Moment at={item.at} />
      </span>
    </div>
  );
}

function BurstItem({ item }: { item: Extract<LineItem, { kind: "burst" }> }) {
  const { t } = useLingui();
  const { burst, conversation } = item;
  const network = networkSign(burst.mark.network).name;
  const count = burst.messages.length;
  return (
    <article className={css.burst} data-line-item tabIndex={-1}>
      <header className={css.burstHead}>
        <ChannelMark network={burst.mark.network} audience={burst.mark.audience} />
        <h3 className="grow">
          {burst.mark.audience === "public" ? t`${network}, in public` : t`${network}, in private`}{" "}
          <span className="mute num">{t`${plural(count, { one: "# message", other: "# messages" })}`}</span>
        </h3>
        <ConversationLink conversation={conversation} />
        <span className="small mute">
          <Moment at={burst.from} />
        </span>
      </header>
      <ul className={css.said}>
        {burst.messages.map((one) => (
          <Said key={one.id} message={one} />
        ))}
      </ul>
    </article>
  );
}

function ConversationLink({ conversation }: { conversation: { id: string; number: string; subject: string } | null }) {
  if (conversation === null) return null;
  return (
    <Link
      to="/desk/$conversationId"
      params={{ conversationId: conversation.id }}
      preload={false}
      className="small num"
      title={conversation.subject}
    >
      {conversation.number}
    </Link>
  );
}

function Said({ message }: { message: CustomerBurst["messages"][number] }) {
  const { t } = useLingui();
  const gone = message.state === "tombstone" || message.state === "erased";
  const language = message.language === "und" ? undefined : message.language;
  return (
    <li className={message.role === "us" ? css.ours : css.theirs}>
      <span className="micro mute">
        <bdi>{message.name}</bdi>
        <Comma />
        <Moment at={message.at} />
      </span>
      {gone ? (
        <p className="small mute">{t`Deleted by the author. The words are gone.`}</p>
      ) : (
        <p className="small" dir={message.direction} lang={language}>
          {message.text}
        </p>
      )}
    </li>
  );
}
