import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { difference } from "../../shared/text/difference.ts";
import { Avatar } from "../../shared/ui/avatar.tsx";
import { Button, LinkButton } from "../../shared/ui/button.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { Icon } from "../../shared/ui/icon.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { networkSign } from "../../shared/ui/network-sign.ts";
import type { MessageEntry } from "./conversation-query.ts";
import css from "./entries.module.css";
import { Labels } from "./labels.tsx";
import { Said } from "./said.tsx";
import { safeHref } from "./said-parts.ts";

const AskNote = lazy(() => import("./asks/ask-note.tsx"));
const MessageFiles = lazy(() => import("./files/message-files.tsx"));
const MailLine = lazy(() => import("./mail-line.tsx"));
const InviteChips = lazy(() => import("./invite-chips.tsx"));

type MessageProps = {
  conversationId: string;
  message: MessageEntry;
  answering: boolean;
  onAnswer: (() => void) | null;
  onMark: (task: string, value: string) => void;
  /** Chosen for a move or a split. */
  chosen: boolean;
  onChoose: () => void;
  onWhy: () => void;
  /** What can be done about it on its network. */
  onModerate: () => void;
};

/** One thing said on a network, by the customer, a bystander, a bot or us. */
export function MessageItem(props: MessageProps) {
  const { conversationId, message, answering, onAnswer, onMark, chosen, onChoose, onWhy, onModerate } = props;
  const { t } = useLingui();
  const [words, setWords] = useState<readonly { start: number; end: number }[]>([]);
  const us = message.role === "us";
  const name = message.author.name || message.author.handle;
  const classes = [
    css.item,
    us ? css.us : "",
    message.role === "bystander" ? css.bystander : "",
    answering ? css.answering : "",
    chosen ? css.chosen : "",
  ];
  const [plain, setPlain] = useState(false);
  const before = message.revisions.at(-1)?.text ?? "";
  const changed = message.edited && message.state === "live" && before !== "" && before !== message.text;
  return (
    <div className={classes.join(" ")}>
      <Avatar name={name} us={us} />
      <div className={css.by}>
        <b>
          <bdi>{name}</bdi>
        </b>
        {message.author.handle && message.author.handle !== name ? <bdi>{handleOf(message.author.handle)}</bdi> : null}
        <Role message={message} />
        <Moment at={message.at} />
        {changed ? (
          <LinkButton onClick={() => setPlain(!plain)}>
            {plain ? t`edited: show what changed` : t`edited: hide it`}
          </LinkButton>
        ) : message.edited && message.state === "live" ? (
          <span>{t`edited`}</span>
        ) : null}
        {message.state === "hidden" ? <Chip icon="shield">{t`hidden on its network`}</Chip> : null}
        {answering ? (
          <span className={`${css.answers} no-phone`}>
            <Chip look="dashed">{t`your reply answers this`}</Chip>
          </span>
        ) : onAnswer ? (
          <span className={css.act}>
            <Button look="bare" size="small" icon="reply" onClick={onAnswer}>{t`Answer this`}</Button>
          </span>
        ) : null}
      </div>
      {message.mail ? (
        <Suspense fallback={null}>
          <MailLine mail={message.mail} inbound={message.direction === "in"} />
        </Suspense>
      ) : null}
      {message.state === "tombstone" || message.state === "erased" ? (
        <p className={css.gone}>
          {message.state === "tombstone" ? t`deleted by its author` : t`erased at the customer’s wish`}
        </p>
      ) : changed && !plain && words.length === 0 ? (
        <Edited message={message} before={before} />
      ) : (
        <Said
          text={message.text}
          entities={message.entities}
          redactions={message.redactions}
          words={words}
          direction={message.textDirection}
          language={message.language}
        />
      )}
      {message.unsupported ? (
        <p className={css.gone}>{t`There is more here than can be shown: ${message.unsupported}`}</p>
      ) : null}
      {message.attachments.length > 0 ? (
        <Suspense fallback={null}>
          <MessageFiles files={message.attachments} />
        </Suspense>
      ) : null}
      {message.mark.audience === "public" && message.role !== "us" ? null : (
        <Suspense fallback={null}>
          <InviteChips conversationId={conversationId} messageId={message.id} />
        </Suspense>
      )}
      {message.asked ? (
        <Suspense fallback={null}>
          <AskNote conversationId={conversationId} messageId={message.id} />
        </Suspense>
      ) : null}
      <Foot message={message} onMark={onMark} onWords={setWords}>
        <span className={css.act}>
          <LinkButton onClick={onWhy}>{t`Why here?`}</LinkButton>{" "}
          <LinkButton onClick={onChoose}>{chosen ? t`Chosen: leave it` : t`Choose`}</LinkButton>{" "}
          <LinkButton onClick={onModerate}>{t`Hide or report`}</LinkButton>
        </span>
      </Foot>
    </div>
  );
}

function handleOf(handle: string): string {
  return /^[@+]|@|\s/.test(handle) ? handle : `@${handle}`;
}

function Role({ message }: { message: MessageEntry }) {
  const { t } = useLingui();
  const { followers } = message.author;
  const many = followers !== null && followers >= 1_000 && message.role === "bystander";
  if (message.role === "us") return null;
  const crowd = many ? t`, ${plural(followers, { one: "# follower", other: "# followers" })}` : "";
  const role = { customer: t`customer`, bystander: t`bystander`, bot: t`a program` }[message.role];
  return (
    <span className={css.role}>
      {role}
      {crowd}
    </span>
  );
}

/** What an edit changed, in its place. */
function Edited({ message, before }: { message: MessageEntry; before: string }) {
  return (
    <p className={`${css.text} said`} dir={message.textDirection}>
      {difference(before, message.text).map((part, place) => {
        if (part.kind === "gone") return <del key={place}>{part.text}</del>;
        if (part.kind === "new") return <ins key={place}>{part.text}</ins>;
        return part.text;
      })}
    </p>
  );
}

type FootProps = {
  message: MessageEntry;
  onMark: (task: string, value: string) => void;
  onWords: (words: readonly { start: number; end: number }[]) => void;
  children: ReactNode;
};

function Foot({ message, onMark, onWords, children }: FootProps) {
  const { t } = useLingui();
  const network = networkSign(message.mark.network).name;
  const href = message.permalink ? safeHref(message.permalink) : null;
  const gone = message.state !== "live" && message.state !== "hidden";
  return (
    <div className={css.foot}>
      {href && !gone ? (
        <a href={href} target="_blank" rel="noopener noreferrer" className={css.outside}>
          <Icon name="open-outside" size="small" /> {t`on ${network}`}
        </a>
      ) : null}
      {message.redactions > 0 ? (
        <span>
          <Icon name="shield" size="small" />{" "}
          {t`${plural(message.redactions, { one: "# number taken out", other: "# numbers taken out" })}`}
        </span>
      ) : null}
      {message.role === "us" || gone ? null : <Labels message={message} onMark={onMark} onWords={onWords} />}
      {children}
    </div>
  );
}
