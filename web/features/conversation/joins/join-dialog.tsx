import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { ConversationView } from "#contracts/desk";
import { isProblem } from "../../../shared/api/problem.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Dialog } from "../../../shared/ui/dialog.tsx";
import { FetchFault } from "../../../shared/ui/fetched.tsx";
import { TextField } from "../../../shared/ui/field.tsx";
import { Icon } from "../../../shared/ui/icon.tsx";
import { ProblemNotice } from "../../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../../shared/ui/skeleton.tsx";
import { JoinPreviewView } from "./join-preview.tsx";
import css from "./joins.module.css";
import { boardQuery, type JoinAsk, numberQuery, previewQuery } from "./joins-query.ts";
import { useJoins } from "./use-joins.ts";

type JoinDialogProps = {
  view: ConversationView;
  kind: JoinAsk["kind"];
  messageIds: readonly string[];
  onClose: () => void;
  /** It is done; `conversationId` has what was moved. */
  onDone: (conversationId: string) => void;
};

/** Which one, what would change, and then it is done: `Enter` does it. */
export function JoinDialog({ view, kind, messageIds, onClose, onDone }: JoinDialogProps) {
  const { t } = useLingui();
  const title = {
    merge: t`Merge another conversation into this one`,
    link: t`Link with another conversation`,
    move: t`Move to another conversation`,
    split: t`Split off as a new conversation`,
  }[kind];
  const [otherId, setOtherId] = useState<string | null>(null);
  return (
    <Dialog open onClose={onClose} title={title} width={560}>
      {kind !== "split" && otherId === null ? (
        <Picker view={view} onChoose={setOtherId} />
      ) : (
        <Confirm
          view={view}
          ask={{ kind, otherId, messageIds: [...messageIds] }}
          onBack={kind === "split" ? null : () => setOtherId(null)}
          onClose={onClose}
          onDone={onDone}
        />
      )}
    </Dialog>
  );
}

type Choice = { id: string; number: string; subject: string; why: string };

function Picker({ view, onChoose }: { view: ConversationView; onChoose: (id: string) => void }) {
  const { t } = useLingui();
  const [said, setSaid] = useState("");
  const board = useQuery(boardQuery(view.id));
  const number = /^\s*(?:c-?)?(\d{1,15})\s*$/i.exec(said)?.[1] ?? "";
  const found = useQuery({ ...numberQuery(number), enabled: number !== "" });
  const others = view.customer.conversations
    .filter((one) => one.id !== view.id)
    .map((one): Choice => ({ ...one, why: t`of the same customer` }));
  const named = found.data && found.data.id !== view.id ? [{ ...found.data, why: found.data.customer }] : [];
  const word = said.trim().toLocaleLowerCase();
  const rest = [
    ...(board.data?.suggested ?? []),
    ...(board.data?.linked ?? []).map((one) => ({ ...one, why: t`linked` })),
    ...others,
  ];
  const fits = (one: Choice) => number !== "" || `${one.number} ${one.subject}`.toLocaleLowerCase().includes(word);
  const choices = [...new Map([...named, ...rest.filter(fits)].map((one) => [one.id, one])).values()].slice(0, 12);
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    const first = number === "" ? choices[0] : named[0];
    if (first) onChoose(first.id);
  }
  return (
    <form className={css.choice} onSubmit={onSubmit}>
      <TextField
        label={t`Number, or words of its subject`}
        hint={t`The first one is taken with Enter.`}
        value={said}
        autoFocus
        onChange={(event) => setSaid(event.target.value)}
        fault={
          number !== "" && isProblem(found.error) && found.error.kind === "refused"
            ? t`There is no conversation of this number that you may see.`
            : undefined
        }
      />
      <FetchFault query={board} />
      {isProblem(found.error) && found.error.kind !== "refused" ? <FetchFault query={found} /> : null}
      {board.isPending ? <Skeleton shape="rows" count={3} /> : null}
      <ul className={css.list}>
        {choices.map((one) => (
          <li key={one.id}>
            <button type="button" className={css.one} onClick={() => onChoose(one.id)}>
              <Icon name="chat" />
              <span className="num small mid">{one.number}</span>
              <span className={`${css.subject} clip`}>
                <bdi>{one.subject || t`Without a subject`}</bdi>
              </span>
              <span className="small mute clip">
                <bdi>{one.why}</bdi>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {choices.length === 0 && board.data && !found.isFetching ? (
        <p className="small mid">{t`Nothing suggests itself. Type the number of the other conversation.`}</p>
      ) : null}
    </form>
  );
}

type ConfirmProps = {
  view: ConversationView;
  ask: JoinAsk;
  onBack: (() => void) | null;
  onClose: () => void;
  onDone: (conversationId: string) => void;
};

function Confirm({ view, ask, onBack, onClose, onDone }: ConfirmProps) {
  const { t } = useLingui();
  const preview = useQuery(previewQuery(view.id, ask));
  const { join } = useJoins(view.id);
  const acts = { merge: t`Merge`, link: t({ message: "Link", context: "act" }), move: t`Move`, split: t`Split off` };
  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!preview.data || join.busy) return;
    const done = await join.sendAsync({ ask, preview: preview.data }).catch(() => null);
    if (done) onDone(done.conversationId);
    else void preview.refetch();
  }
  return (
    <form className={css.choice} onSubmit={(event) => void onSubmit(event)}>
      {preview.data ? (
        <JoinPreviewView preview={preview.data} kind={ask.kind ?? "merge"} />
      ) : preview.isError ? (
        <FetchFault query={preview} />
      ) : (
        <Skeleton shape="lines" count={4} />
      )}
      {join.problem ? <ProblemNotice problem={join.problem} /> : null}
      <div className={css.foot}>
        {onBack ? (
          <Button onClick={onBack}>{t`Choose another`}</Button>
        ) : (
          <Button onClick={onClose}>{t`Leave it`}</Button>
        )}
        <Button
          look="primary"
          type="submit"
          keys="enter"
          autoFocus
          busy={join.busy}
          refused={preview.data ? null : t`Nothing to do yet.`}
        >
          {acts[ask.kind]}
        </Button>
      </div>
    </form>
  );
}
