import { useLingui } from "@lingui/react/macro";
import { lazy, Suspense } from "react";
import { useKeyFor } from "../../shared/keys/use-keys.ts";
import { ServerWords } from "../../shared/text/said/server-words.tsx";
import { useNow } from "../../shared/time/clock.ts";
import { Avatar } from "../../shared/ui/avatar.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { Icon, type IconName } from "../../shared/ui/icon.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { networkSign } from "../../shared/ui/network-sign.ts";
import type { ReplyEntry } from "./conversation-query.ts";
import css from "./entries.module.css";

const MessageFiles = lazy(() => import("./files/message-files.tsx"));

export type Settle = "it-was-sent" | "it-was-not-sent-send-again" | "give-up";
export type ReplyActs = {
  undo: (reply: ReplyEntry) => void;
  settle: (reply: ReplyEntry, as: Settle) => void;
  /** Takes the text of a failed reply back into the composer. */
  reuse: (reply: ReplyEntry) => void;
  busy: boolean;
};

/** A reply that left the composer: going out, on its way, refused, or of unknown fate. Each looks different. */
export function ReplyItem({ reply, acts }: { reply: ReplyEntry; acts: ReplyActs }) {
  const look = {
    undoable: css.going,
    sending: css.going,
    sent: "",
    unknown: css.unknown,
    failed: css.failed,
    withdrawn: css.withdrawn,
  };
  return (
    <div className={`${css.reply} ${look[reply.state]} ${reply.audience === "public" ? css.isPublic : css.isPrivate}`}>
      <Band reply={reply} acts={acts} />
      <div className={`${css.item} ${css.us}`}>
        <Avatar name={reply.agent.name} us />
        <div className={css.by}>
          <b>
            <bdi>{reply.agent.name}</bdi>
          </b>
          <Moment at={reply.at} />
        </div>
        <Signed text={reply.text} disclosure={reply.disclosure} />
        {reply.files.length > 0 ? (
          <Suspense fallback={null}>
            <MessageFiles files={reply.files} />
          </Suspense>
        ) : null}
      </div>
    </div>
  );
}

/** Our words with the disclosure set apart. */
function Signed({ text, disclosure }: { text: string; disclosure: string }) {
  const signed = disclosure !== "" && text.endsWith(disclosure);
  const words = signed ? text.slice(0, -disclosure.length) : text;
  return (
    <p className={`${css.text} said`} dir="auto">
      {words}
      {signed ? <bdi className="mute">{disclosure}</bdi> : null}
    </p>
  );
}

function Band({ reply, acts }: { reply: ReplyEntry; acts: ReplyActs }) {
  const { t } = useLingui();
  const now = useNow("second");
  const undoKey = useKeyFor("undo", "z");
  const network = networkSign(reply.mark.network).name;
  const isPublic = reply.audience === "public";
  const left = Math.max(0, Math.ceil((Date.parse(reply.goesAt) - now) / 1_000));
  switch (reply.state) {
    case "undoable":
      return (
        <Bar
          icon={isPublic ? "globe" : "lock"}
          title={isPublic ? t`Public reply goes out in ${left} s` : t`Private reply goes out in ${left} s`}
        >
          <Button
            size="small"
            icon="undo"
            keys={undoKey}
            busy={acts.busy}
            onClick={() => acts.undo(reply)}
          >{t`Undo`}</Button>
        </Bar>
      );
    case "sending":
      return <Bar icon="clock" title={isPublic ? t`Being published on ${network}` : t`Being sent by ${network}`} />;
    case "withdrawn":
      return <Bar icon="undo" title={t`Taken back before it left. Nobody saw it.`} />;
    case "unknown":
      return (
        <Bar icon="clock" title={t`${network} has not said whether it took it.`} role="status">
          <p className={css.more}>{t`We keep looking. Please do not write it again: it would be read twice.`}</p>
          <Button size="small" busy={acts.busy} onClick={() => acts.settle(reply, "it-was-sent")}>
            {isPublic ? t`Mark as published` : t`Mark as sent`}
          </Button>
          <Button
            size="small"
            look="soft"
            busy={acts.busy}
            onClick={() => acts.settle(reply, "it-was-not-sent-send-again")}
          >
            {t`It is not there, send again`}
          </Button>
          <Button
            size="small"
            look="bare"
            busy={acts.busy}
            onClick={() => acts.settle(reply, "give-up")}
          >{t`Give up`}</Button>
        </Bar>
      );
    case "failed":
      return (
        <Bar icon="warning" title={isPublic ? t`Not published.` : t`Not sent.`} role="alert">
          <p className={css.more}>
            {reply.error ? <ServerWords>{`${reply.error.message} ${reply.error.todo}`}</ServerWords> : null}{" "}
            {t`Your text is safe; nobody saw it.`}
          </p>
          <Button size="small" busy={acts.busy} onClick={() => acts.reuse(reply)}>{t`Take the text back`}</Button>
          <Button
            size="small"
            look="soft"
            busy={acts.busy}
            onClick={() => acts.settle(reply, "it-was-not-sent-send-again")}
          >
            {t`Send it again`}
          </Button>
          <Button
            size="small"
            look="bare"
            busy={acts.busy}
            onClick={() => acts.settle(reply, "give-up")}
          >{t`Give up`}</Button>
        </Bar>
      );
    case "sent":
      return null;
  }
}

type BarProps = { icon: IconName; title: string; role?: "alert" | "status"; children?: React.ReactNode };

function Bar({ icon, title, role, children }: BarProps) {
  return (
    <div className={css.band} role={role}>
      <Icon name={icon} />
      <b>{title}</b>
      {children}
    </div>
  );
}
