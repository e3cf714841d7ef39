import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import type { AttachedFile, ConversationView, TimelineEntry } from "#contracts/desk";
import { api } from "../../shared/api/api.ts";
import { Problem } from "../../shared/api/problem.ts";
import { useCommand } from "../../shared/api/use-command.ts";
import { useSession } from "../../shared/session/session.ts";
import { useLists } from "../../shared/text/use-lists.ts";
import { presentMoment } from "../../shared/time/clock.ts";
import { announce } from "../../shared/ui/announcer.tsx";
import { sayProblem } from "../../shared/ui/problem-words.ts";
import { toasts } from "../../shared/ui/toast.tsx";
import { type Audience, sameContent } from "./draft-merge.ts";
import type { DraftKeeper } from "./drafts.ts";

type Reply = Extract<TimelineEntry, { type: "reply" }>;
/** `asked`: it waits for approval, and nothing of it has left. */
type Made = { asked?: true } & { replyId: string; state: Reply["state"]; goesAt: string; version: number };

/** A note, and whom it called. */
type Noted = { told?: { name: string }[]; notTold?: { text: string; why: "unknown" | "ambiguous" | "cannot-read" }[] };

export type SendInput = {
  conversationId: string;
  audience: "public" | "private";
  text: string;
  files: readonly AttachedFile[];
  /** Of mails: who gets a copy. */
  copies: readonly string[] | null;
  /** What leaves, disclosure included: shown until the server's own copy is read. */
  full: string;
  answersMessageId: string;
  resolveWith: string | null;
  /** Why it is to leave although the brand's voice holds it. */
  anyway?: string | null;
  /** Done once the server has it, not while it waits for approval. */
  after?: () => void;
  version: number;
};

type SendParts = {
  keeper: DraftKeeper;
  withVersion: <Answer>(run: (version: number) => Promise<Answer>, first?: number) => Promise<Answer>;
  /** Opens a conversation, for what is taken back or did not leave after the agent went on. */
  go: (conversationId: string) => void;
};

const keyOf = (id: string) => ["conversation", id] as const;
const WAITING = "waiting-";

/** Sending replies and notes, and taking them back. The words stay safe until the server says it has them. */
export function useSend({ keeper, withVersion, go }: SendParts) {
  const { t } = useLingui();
  const { list } = useLists();
  const client = useQueryClient();
  const { agent } = useSession();
  /** A reply whose command came to no answer: sent again exactly as it was, it is done once. */
  const doubtful = useRef<SendInput | null>(null);

  function entries(id: string, change: (timeline: TimelineEntry[]) => TimelineEntry[]): void {
    client.setQueryData<ConversationView>(keyOf(id), (view) => view && { ...view, timeline: change(view.timeline) });
  }
  const remove = (id: string, entryId: string) =>
    entries(id, (timeline) => timeline.filter((entry) => entry.id !== entryId));

  /** Puts words back; what was typed meanwhile stays below them. */
  function restore(
    id: string,
    audience: Audience,
    text: string,
    answersMessageId: string | null,
    files: readonly AttachedFile[] = [],
    copies: readonly string[] | null = null,
  ): void {
    const typed = keeper.state(id).draft?.text ?? "";
    const both = typed.trim() === "" || typed.trimEnd() === text.trimEnd() ? text : `${text}\n\n${typed}`;
    const added = (keeper.state(id).draft?.files ?? []).filter((f) => files.every((one) => one.id !== f.id));
    keeper.change(id, {
      audience,
      text: both,
      answersMessageId,
      files: [...files, ...added],
      ...(copies && { copies }),
    });
  }

  const undo = useCommand<
    {
      replyId: string;
      conversationId: string;
      audience: Audience;
      text: string;
      answersMessageId: string;
      files: readonly AttachedFile[];
      copies?: readonly string[] | null;
    },
    Made
  >({
    run: ({ replyId }, commandId) => api.post(`/api/desk/replies/${replyId}/undo`, {}, { commandId }),
    onDone: (_made, input) => {
      restore(input.conversationId, input.audience, input.text, input.answersMessageId, input.files, input.copies);
      remove(input.conversationId, input.replyId);
      announce(t`Taken back. Nobody saw it; your text is in the composer.`);
      go(input.conversationId);
    },
    invalidates: (input) => [keyOf(input.conversationId), ["work"]],
    onProblem: (problem, input) => {
      toasts.add({ text: sayProblem(problem) });
      void client.invalidateQueries({ queryKey: keyOf(input.conversationId) });
    },
  });

  const reply = useCommand<SendInput, Made>({
    async run(input, commandId) {
      await keeper.quiet(input.conversationId);
      const { audience, text, answersMessageId, resolveWith } = input;
      const files = input.files.map(({ id, alt }) => ({ id, alt }));
      const body = {
        audience,
        text,
        answersMessageId,
        files,
        resolveWith,
        ...(input.copies && { copies: input.copies }),
      };
      const left = { ...body, ...(input.anyway && { anyway: input.anyway }) };
      const post = (to: "replies" | "approvals") =>
        withVersion(
          (expectedVersion) =>
            api.post<Made>(`/api/desk/conversations/${input.conversationId}/${to}`, to === "replies" ? left : body, {
              ...{ commandId: `${commandId}.${to}.${expectedVersion}`, expectedVersion },
            }),
          input.version,
        );
      if (asksFirst(input)) return { ...(await post("approvals")), asked: true as const };
      try {
        return await post("replies");
      } catch (problem) {
        // What the text says, or what this agent may not see, can make a difference: then it is asked for.
        if (!(problem instanceof Problem) || problem.code !== "approval-needed") throw problem;
        return { ...(await post("approvals")), asked: true as const };
      }
    },
    optimistic(input) {
      const { conversationId: id, audience } = input;
      const entry = waitingReply(input);
      if (!asksFirst(input)) entries(id, (timeline) => [...timeline, entry]);
      client.setQueryData<ConversationView>(keyOf(id), (view) => view && { ...view, draft: null });
      keeper.forget(id);
      return () => {
        remove(id, entry.id);
        restore(id, audience, input.text, input.answersMessageId, input.files, input.copies);
      };
    },
    invalidates: (input) => [keyOf(input.conversationId), ["work"], ["presence"]],
    onDone(made, input) {
      doubtful.current = null;
      const { conversationId, audience, text, answersMessageId, files, copies } = input;
      if (made.asked) {
        remove(conversationId, waitingReply(input).id);
        announce(t`Approval is asked for. Nothing has left yet.`);
        toasts.add({ text: t`Approval is asked for. Nothing has left yet.` });
        return;
      }
      input.after?.();
      const seconds = Math.max(0, Math.round((Date.parse(made.goesAt) - presentMoment()) / 1_000));
      entries(conversationId, (timeline) =>
        timeline.map((entry) =>
          entry.id === waitingReply(input).id && entry.type === "reply"
            ? { ...entry, id: made.replyId, state: made.state, goesAt: made.goesAt, version: made.version }
            : entry,
        ),
      );
      if (made.state !== "undoable" || seconds === 0) {
        announce(audience === "public" ? t`Being published.` : t`Being sent.`);
        return;
      }
      const says = (seconds: number) =>
        audience === "public" ? t`Public reply goes out in ${seconds} s` : t`Private reply goes out in ${seconds} s`;
      toasts.add({
        text: says(seconds),
        counts: { to: Date.parse(made.goesAt), says },
        lasts: seconds * 1_000,
        undo: () =>
          undo.send({ replyId: made.replyId, conversationId, audience, text, answersMessageId, files, copies }),
      });
    },
    onProblem(problem, input) {
      const { conversationId: id } = input;
      if (problem.kind === "unknown") {
        doubtful.current = input;
        remove(id, waitingReply(input).id);
        restore(id, input.audience, input.text, input.answersMessageId, input.files, input.copies);
      }
      announce(t`Not sent. Your text is safe. ${sayProblem(problem)}`, true);
      toasts.add({ text: t`Not sent. Your text is safe.`, act: { label: t`Show`, run: () => go(id) } });
      if (problem.kind !== "offline") void client.invalidateQueries({ queryKey: keyOf(id) });
    },
  });

  const note = useCommand<{ conversationId: string; text: string }, Noted>({
    async run({ conversationId, text }, commandId) {
      await keeper.quiet(conversationId);
      return api.post(`/api/desk/conversations/${conversationId}/notes`, { text }, { commandId });
    },
    optimistic({ conversationId, text }) {
      keeper.discard(conversationId);
      return () => restore(conversationId, "note", text, null);
    },
    invalidates: ({ conversationId }) => [keyOf(conversationId)],
    onDone({ told = [], notTold = [] }) {
      const names = list(told.map((one) => one.name));
      announce(names ? t`Note added. ${names} is told.` : t`Note added. Only the team reads it.`);
      if (names) toasts.add({ text: t`Told: ${names}` });
      for (const { text, why } of notTold)
        toasts.add({
          text:
            why === "unknown"
              ? t`Nobody is called “${text}”, so nobody was told.`
              : why === "ambiguous"
                ? t`Several are called “${text}”, so nobody was told. Choose one from the list.`
                : t`${text} may not read this conversation and was not told.`,
        });
    },
    onProblem(problem, { conversationId, text }) {
      if (problem.kind === "unknown") restore(conversationId, "note", text, null);
      announce(t`The note was not added. Your text is safe.`, true);
    },
  });

  const settle = useCommand<{ reply: Reply; as: string; conversationId: string }, Made>({
    run: ({ reply: one, as }, commandId) =>
      api.post(`/api/desk/replies/${one.id}/settle`, { as }, { commandId, expectedVersion: one.version }),
    invalidates: ({ conversationId }) => [keyOf(conversationId), ["work"]],
    onProblem: (problem, { conversationId }) => {
      toasts.add({ text: sayProblem(problem) });
      void client.invalidateQueries({ queryKey: keyOf(conversationId) });
    },
  });

  function asksFirst({ conversationId, audience }: SendInput): boolean {
    const view = client.getQueryData<ConversationView>(keyOf(conversationId));
    return view?.composer[audience].door?.approval !== undefined;
  }

  function waitingReply(input: SendInput): Reply {
    const view = client.getQueryData<ConversationView>(keyOf(input.conversationId));
    const mark = view?.composer[input.audience].door?.mark;
    const now = new Date(presentMoment()).toISOString();
    return {
      type: "reply",
      id: `${WAITING}${input.conversationId}-${input.version}`,
      at: now,
      agent: { id: agent.id, name: agent.name, initials: agent.initials },
      audience: input.audience,
      mark: mark ?? { channelId: "", network: "", audience: input.audience, name: "" },
      text: input.full,
      files: [...input.files],
      disclosure: input.audience === "public" ? (view?.composer.disclosureText ?? "") : "",
      answersMessageId: input.answersMessageId,
      state: "sending",
      goesAt: now,
      error: null,
      permalink: null,
      version: 0,
    };
  }

  function send(input: SendInput): void {
    const last = doubtful.current;
    const same =
      last !== null &&
      last.conversationId === input.conversationId &&
      last.audience === input.audience &&
      sameContent(last, input) &&
      last.answersMessageId === input.answersMessageId;
    reply.send(same ? last : input);
  }

  return {
    send,
    problem: reply.problem as Problem | null,
    noteProblem: note.problem as Problem | null,
    clear: () => {
      reply.clear();
      note.clear();
    },
    busy: reply.busy || note.busy,
    addNote: (conversationId: string, text: string) => note.send({ conversationId, text }),
    undo: undo.send,
    settle: settle.send,
    restore,
    settling: undo.busy || settle.busy,
  };
}
