import { useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { AskView } from "#contracts/asks";
import { useNow } from "../../../shared/time/clock.ts";
import { useTimeWords } from "../../../shared/time/format.ts";
import { Button, LinkButton } from "../../../shared/ui/button.tsx";
import { Dialog } from "../../../shared/ui/dialog.tsx";
import { FetchFault } from "../../../shared/ui/fetched.tsx";
import { Skeleton } from "../../../shared/ui/skeleton.tsx";
import css from "./asks.module.css";
import { allAsksQuery } from "./asks-query.ts";
import { useAnswer } from "./use-answer.ts";
import { useAskWords } from "./use-ask-words.ts";

type DialogProps = { onClose: () => void; go: (conversationId: string) => void };

/** Every close call that is open where the agent may read, newest first, each answered in place. */
export function AsksDialog({ onClose, go }: DialogProps) {
  const { t } = useLingui();
  const query = useInfiniteQuery(allAsksQuery);
  const asks = query.data?.pages.flatMap((page) => page.items) ?? [];
  const visit = (id: string) => {
    onClose();
    go(id);
  };
  return (
    <Dialog open onClose={onClose} title={t`To be decided`} width={640}>
      <div className={css.list}>
        <FetchFault query={query} />
        {query.isPending ? <Skeleton shape="lines" count={6} /> : null}
        {query.data && asks.length === 0 ? (
          <p className="mid">{t`Nothing is to be decided. Close calls of the last messages appear here.`}</p>
        ) : null}
        <ul className={css.all}>
          {asks.map((ask) => (
            <AskItem key={ask.messageId} ask={ask} visit={visit} />
          ))}
        </ul>
        {query.hasNextPage ? (
          <Button look="soft" size="small" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t`Older ones`}
          </Button>
        ) : null}
      </div>
    </Dialog>
  );
}

function AskItem({ ask, visit }: { ask: AskView; visit: (id: string) => void }) {
  const { t } = useLingui();
  const words = useTimeWords();
  const now = useNow("minute");
  const answer = useAnswer();
  const said = useAskWords()(ask);
  const { conversation, other } = ask;
  return (
    <li className={css.one} aria-label={t`${ask.by} in ${conversation.number}`}>
      <p className="small mute">
        <bdi>{ask.by}</bdi>, {words.moment(ask.saidAt, now)}, {t`in`}{" "}
        <LinkButton onClick={() => visit(conversation.id)}>{conversation.number}</LinkButton>
      </p>
      <p className={css.text}>
        <bdi>{ask.text}</bdi>
      </p>
      <p>
        <b>
          {other ? (
            <>
              {t`May belong to`} <LinkButton onClick={() => visit(other.id)}>{other.number}</LinkButton>
            </>
          ) : (
            said.question
          )}
        </b>{" "}
        <bdi className="small mid">{said.why}</bdi>
      </p>
      <span className={css.acts}>
        <Button size="small" busy={answer.busy} onClick={() => answer.send({ ask, answer: "there" })}>
          {said.there}
        </Button>
        <Button size="small" look="quiet" busy={answer.busy} onClick={() => answer.send({ ask, answer: "here" })}>
          {said.here}
        </Button>
      </span>
    </li>
  );
}
