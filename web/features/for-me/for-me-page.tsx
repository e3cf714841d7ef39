import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import type { ForMeBoard, ForMeItem } from "#contracts/together";
import { api } from "../../shared/api/api.ts";
import { forMeQuery } from "../../shared/api/for-me-query.ts";
import { useCommand } from "../../shared/api/use-command.ts";
import { useKeys } from "../../shared/keys/use-keys.ts";
import { presentMoment } from "../../shared/time/clock.ts";
import { useTimeWords } from "../../shared/time/format.ts";
import { Button } from "../../shared/ui/button.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { Icon, type IconName } from "../../shared/ui/icon.tsx";
import { sayProblem } from "../../shared/ui/problem-words.ts";
import { Segmented } from "../../shared/ui/tabs.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import { VisuallyHidden } from "../../shared/ui/visually-hidden.tsx";
import { AnswerForm } from "./answer-form.tsx";
import css from "./for-me.module.css";
import { useForMeWords } from "./use-for-me-words.ts";

type Shown = "all" | "calls" | "tasks" | "followed";
const ICON: Record<ForMeItem["kind"], IconName> = {
  mention: "note",
  handed: "swap",
  "asked-in": "people",
  "side-question": "people",
  "side-answer": "reply",
  "follow-up": "calendar",
  followed: "bell",
};
const isIn = (shown: Shown, { kind }: ForMeItem): boolean =>
  shown === "all" ||
  (shown === "tasks"
    ? kind === "follow-up"
    : shown === "followed"
      ? kind === "followed"
      : kind !== "follow-up" && kind !== "followed");

/** Everything that wants to be seen by me, what is new first. */
export default function ForMePage() {
  const { t } = useLingui();
  const query = useQuery(forMeQuery);
  const [shown, setShown] = useState<Shown>("all");
  const read = useCommand<void>({
    run: (_nothing, commandId) => api.post("/api/desk/for-me/read", { conversationId: null }, { commandId }),
    invalidates: () => [forMeQuery.queryKey],
    onProblem: (problem) => toasts.add({ text: sayProblem(problem) }),
  });
  const count = (one: Shown) => query.data?.items.filter((item) => item.unread && isIn(one, item)).length || undefined;
  const seeable = query.data?.items.some(
    (one) => one.unread && one.kind !== "follow-up" && one.kind !== "side-question",
  );
  return (
    <div className={css.page}>
      <div className={css.head}>
        <Segmented
          label={t`What is shown`}
          tabs={[
            { id: "all", label: t`All`, ...withCount(count("all")) },
            { id: "calls", label: t`Calls and answers`, ...withCount(count("calls")) },
            { id: "tasks", label: t`Tasks`, ...withCount(count("tasks")) },
            { id: "followed", label: t`Followed`, ...withCount(count("followed")) },
          ]}
          chosen={shown}
          onChoose={setShown}
        />
        <span className="grow" />
        {seeable ? (
          <Button
            size="small"
            icon="done"
            busy={read.busy}
            onClick={() => read.send()}
          >{t`I have seen all of it`}</Button>
        ) : null}
      </div>
      <VisuallyHidden>
        <h2>{t`What wants to be seen by you`}</h2>
      </VisuallyHidden>
      <Fetched query={query}>{(board) => <List board={board} shown={shown} />}</Fetched>
    </div>
  );
}

const withCount = (count: number | undefined) => (count === undefined ? {} : { count });

function List({ board, shown }: { board: ForMeBoard; shown: Shown }) {
  const { t } = useLingui();
  const list = useRef<HTMLUListElement>(null);
  const items = board.items.filter((one) => isIn(shown, one));
  function to(step: number): void {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
    const here = rows.indexOf(document.activeElement as HTMLElement);
    rows[Math.max(0, Math.min(rows.length - 1, here + step))]?.focus();
  }
  useKeys("screen", [
    { id: "for-me.next", keys: ["j", "arrowdown"], label: t`Next`, group: t`For me`, run: () => to(1) },
    { id: "for-me.before", keys: ["k", "arrowup"], label: t`The one before`, group: t`For me`, run: () => to(-1) },
  ]);
  if (items.length === 0)
    return (
      <EmptyState title={shown === "all" ? t`Nothing waits for you` : t`Nothing of this kind`}>
        <Trans>
          Notes that name you, work that is handed to you, tasks, questions and their answers stand here, and what
          happens in conversations you follow.
        </Trans>
      </EmptyState>
    );
  return (
    <ul className={css.list} ref={list}>
      {items.map((one) => (
        <Row key={one.id} of={one} />
      ))}
    </ul>
  );
}

function Row({ of }: { of: ForMeItem }) {
  const { t } = useLingui();
  const words = useTimeWords();
  const say = useForMeWords();
  const navigate = useNavigate();
  const { followUp, question } = of;
  const when = words.moment(of.at, presentMoment());
  const done = useCommand<boolean>({
    run: (isDone, commandId) =>
      api.post(
        `/api/desk/follow-ups/${of.id}`,
        { done: isDone },
        { commandId, expectedVersion: followUp?.version ?? 1 },
      ),
    invalidates: () => [forMeQuery.queryKey, ["conversation", of.conversationId, "together"]],
    onDone: () =>
      toasts.add({
        text: t`Done: ${of.text}`,
        act: {
          label: t`Open`,
          run: () => void navigate({ to: "/desk/$conversationId", params: { conversationId: of.conversationId } }),
        },
      }),
    onProblem: (problem) => toasts.add({ text: sayProblem(problem) }),
  });
  const head = (
    <>
      <span className={css.what}>
        {say(of)}
        {of.unread ? <VisuallyHidden>{t`, new`}</VisuallyHidden> : null}
      </span>
      {of.number ? (
        <span className={css.about}>
          <bdi>{of.customer}</bdi> <span className="num">{of.number}</span>
        </span>
      ) : null}
      <span className="grow" />
      <span className={followUp?.state === "due" ? css.due : css.when} title={words.exact(of.at)}>
        {followUp === null ? when : followUp.state === "due" ? t`due since ${when}` : t`by ${when}`}
      </span>
    </>
  );
  return (
    <li className={`${css.one} ${of.unread ? css.unread : ""}`}>
      <span className={css.mark}>
        <Icon name={ICON[of.kind]} />
      </span>
      <div className={css.body}>
        {of.number ? (
          <Link to="/desk/$conversationId" params={{ conversationId: of.conversationId }} className={css.line} data-row>
            {head}
          </Link>
        ) : (
          <p className={css.line} data-row tabIndex={-1}>
            {head}
          </p>
        )}
        {of.text ? <bdi className={question ? css.asked : css.text}>{of.text}</bdi> : null}
        {question ? <AnswerForm of={question} /> : null}
      </div>
      {followUp ? (
        <Button size="small" icon="done" busy={done.busy} onClick={() => done.send(true)}>{t`Done`}</Button>
      ) : null}
    </li>
  );
}
