import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useEffectEvent, useState } from "react";
import type { ConversationView } from "#contracts/desk";
import type { FollowUpView, SideQuestionView } from "#contracts/together";
import { api } from "../../../shared/api/api.ts";
import { forMeQuery } from "../../../shared/api/for-me-query.ts";
import { newId } from "../../../shared/api/new-id.ts";
import { asProblem } from "../../../shared/api/problem.ts";
import { tellProblem } from "../../../shared/api/tell-problem.ts";
import { useCommand } from "../../../shared/api/use-command.ts";
import { presentMoment } from "../../../shared/time/clock.ts";
import { useTimeWords } from "../../../shared/time/format.ts";
import { Button, LinkButton } from "../../../shared/ui/button.tsx";
import { Dialog } from "../../../shared/ui/dialog.tsx";
import { Fetched } from "../../../shared/ui/fetched.tsx";
import { Icon } from "../../../shared/ui/icon.tsx";
import { sayProblem } from "../../../shared/ui/problem-words.ts";
import { toasts } from "../../../shared/ui/toast.tsx";
import css from "./aside.module.css";
import type { Aside } from "./aside.ts";
import { asideQuery } from "./aside-query.ts";

const ClosingDialog = lazy(() => import("./closing-dialog.tsx"));
const QuestionDialog = lazy(() => import("./question-dialog.tsx"));
const TaskDialog = lazy(() => import("./task-dialog.tsx"));

type AsideProps = {
  view: ConversationView;
  me: string;
  aside: Aside;
  onClose: () => void;
  /** The text that a question begins with. */
  answered: string;
  onResolve: (how: { outcome: string; name: string; closing: object }) => Promise<unknown>;
};

/** Tasks, questions to others and who follows: one line each, and the dialogs that make them. */
export default function AsideStrip({ view, me, aside, onClose, answered, onResolve }: AsideProps) {
  const { t } = useLingui();
  const strip = useQuery(asideQuery(view.id));
  const { data } = strip;
  const [all, setAll] = useState(false);
  const keys = () => [asideQuery(view.id).queryKey, forMeQuery.queryKey];
  const follow = useCommand<boolean>({
    run: (following, commandId) =>
      api.put(`/api/desk/conversations/${view.id}/following`, { following }, { commandId }),
    invalidates: keys,
    onDone: (_answer, following) =>
      toasts.add({
        text: following ? t`You follow it: what happens here stands under For me.` : t`You do not follow it any more.`,
        undo: () => follow.send(!following),
      }),
    onProblem: (problem) => toasts.add({ text: sayProblem(problem) }),
  });
  useSeen(view.id);
  const wantsFollow = aside?.what === "follow";
  const toggle = useEffectEvent(() => {
    if (!data) return;
    onClose();
    follow.send(!data.following);
  });
  const known = data !== undefined;
  const unknown = strip.error;
  const refuse = useEffectEvent((error: Error) => {
    onClose();
    tellProblem(asProblem(error));
  });
  useEffect(() => {
    if (wantsFollow && known) toggle();
    else if (wantsFollow && unknown) refuse(unknown);
  }, [wantsFollow, known, unknown]);

  const tasks = data?.followUps.filter((one) => one.state !== "done") ?? [];
  const over = data?.followUps.filter((one) => one.state === "done") ?? [];
  const asked = data?.questions.filter((one) => one.state === "open" || one.state === "ended") ?? [];
  return (
    <>
      <div className={css.strip}>
        {data?.following ? (
          <p className={css.line}>
            <Icon name="bell" size="small" />
            <span className={css.fill}>
              {data.followers.length > 1
                ? t`You and ${plural(data.followers.length - 1, { one: "# colleague", other: "# colleagues" })} follow this.`
                : t`You follow this.`}
            </span>
            <Button size="small" look="bare" busy={follow.busy} onClick={() => follow.send(false)}>{t`Leave`}</Button>
          </p>
        ) : null}
        {tasks.map((one) => (
          <Task key={one.id} of={one} me={me} invalidates={keys} />
        ))}
        {asked.map((one) => (
          <Question key={one.id} of={one} me={me} invalidates={keys} />
        ))}
        {all ? over.map((one) => <Task key={one.id} of={one} me={me} invalidates={keys} />) : null}
        {over.length > 0 ? (
          <p className={css.line}>
            <LinkButton aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? t`Less` : t`${plural(over.length, { one: "# task is done", other: "# tasks are done" })}`}
            </LinkButton>
          </p>
        ) : null}
      </div>
      <Suspense fallback={null}>
        {aside?.what === "task" ? <TaskDialog view={view} onClose={onClose} /> : null}
        {aside?.what === "question" ? (
          data ? (
            <QuestionDialog view={view} facts={data} answered={answered} onClose={onClose} />
          ) : (
            <Dialog open onClose={onClose} title={t`Ask somebody aside`} width={540}>
              <Fetched query={strip}>{() => null}</Fetched>
            </Dialog>
          )
        ) : null}
        {aside?.what === "closing" ? (
          <ClosingDialog
            view={view}
            first={aside.outcome}
            onClose={onClose}
            onResolve={(how) => onResolve(how).then(onClose)}
          />
        ) : null}
      </Suspense>
    </>
  );
}

/** What called me here is seen by being here. */
function useSeen(conversationId: string): void {
  const client = useQueryClient();
  const { data } = useQuery(forMeQuery);
  const calls = data?.items.some(
    (one) =>
      one.unread && one.conversationId === conversationId && one.kind !== "follow-up" && one.kind !== "side-question",
  );
  useEffect(() => {
    if (!calls || document.visibilityState === "hidden") return;
    void api
      .post("/api/desk/for-me/read", { conversationId }, { commandId: newId() })
      .then(() => client.invalidateQueries({ queryKey: forMeQuery.queryKey }))
      .catch(() => undefined);
  }, [calls, conversationId, client]);
}

type LineProps<One> = { of: One; me: string; invalidates: () => readonly (readonly unknown[])[] };

function Task({ of, me, invalidates }: LineProps<FollowUpView>) {
  const { t } = useLingui();
  const words = useTimeWords();
  const move = useCommand<boolean>({
    run: (done, commandId) =>
      api.post(`/api/desk/follow-ups/${of.id}`, { done }, { commandId, expectedVersion: of.version }),
    invalidates,
    onProblem: (problem) => toasts.add({ text: sayProblem(problem) }),
  });
  const who = of.agent.id === me ? t`you` : of.agent.name;
  const when = words.moment(of.dueAt, presentMoment());
  return (
    <p className={css.line}>
      <Icon name={of.state === "done" ? "done" : "calendar"} size="small" />
      <span className={css.fill}>
        <span className={of.state === "due" ? css.due : ""} title={words.exact(of.dueAt)}>
          {of.state === "done" ? t`Done by ${who}` : of.state === "due" ? t`Due ${when}, ${who}` : t`${when}, ${who}`}
        </span>
        <bdi className={css.text} title={of.text}>
          {of.text}
        </bdi>
      </span>
      <Button size="small" look="bare" busy={move.busy} onClick={() => move.send(of.state !== "done")}>
        {of.state === "done" ? t`Not done after all` : t`Done`}
      </Button>
    </p>
  );
}

function Question({ of, me, invalidates }: LineProps<SideQuestionView>) {
  const { t } = useLingui();
  const words = useTimeWords();
  const withdraw = useCommand<void>({
    run: (_nothing, commandId) =>
      api.post(`/api/desk/questions/${of.id}/withdraw`, {}, { commandId, expectedVersion: of.version }),
    invalidates,
    onDone: () => toasts.add({ text: t`Taken back. The link opens nothing any more.` }),
    onProblem: (problem) => toasts.add({ text: sayProblem(problem) }),
  });
  const { name } = of.to;
  const until = words.moment(of.expiresAt, presentMoment());
  const state =
    of.state === "ended"
      ? t`${name} did not answer in time:`
      : of.mail === "failed"
        ? t`The mail to ${name} did not leave:`
        : of.openedAt
          ? t`${name} has opened the question, until ${until}:`
          : t`${name} was asked, until ${until}:`;
  return (
    <p className={css.line}>
      <Icon name="people" size="small" />
      <span className={css.fill}>
        <span className={of.state === "ended" || of.mail === "failed" ? css.due : ""} title={of.mailError ?? undefined}>
          {state}
        </span>
        <bdi className={css.text} title={of.question}>
          {of.question}
        </bdi>
      </span>
      {of.link ? (
        <Button
          size="small"
          look="bare"
          icon="link"
          onClick={() =>
            void navigator.clipboard.writeText(of.link ?? "").then(
              () => toasts.add({ text: t`The link is copied. Whoever has it can answer once.` }),
              () => toasts.add({ text: t`The link could not be copied here.` }),
            )
          }
        >{t`Copy the link`}</Button>
      ) : null}
      {of.state === "open" && of.askedBy.id === me ? (
        <Button size="small" look="bare" busy={withdraw.busy} onClick={() => withdraw.send()}>{t`Take back`}</Button>
      ) : null}
    </p>
  );
}
