import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import type { AttachedFile, ConversationView, TimelineEntry } from "#contracts/desk";
import { api } from "../../shared/api/api.ts";
import type { Problem } from "../../shared/api/problem.ts";
import { useCommand } from "../../shared/api/use-command.ts";
import { useSession } from "../../shared/session/session.ts";
import { presentMoment } from "../../shared/time/clock.ts";
import { announce } from "../../shared/ui/announcer.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import { type Audience, sameContent } from "./draft-merge.ts";
import type { DraftKeeper } from "./drafts.ts";

type Reply = Extract<TimelineEntry, { type: "reply" }>;
type Made = { replyId: string; state: Reply["state"]; goesAt: string; version: number };

export type SendInput = {
  conversationId: string;
  audience: "public" | "private";
  text: string;
  files: readonly AttachedFile[];
  /** What leaves, disclosure included: shown until the server's own copy is read. */
  full: string;
  answersMessageId: string;
  resolveWith: string | null;
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
  ): void {
    const typed = keeper.state(id).draft?.text ?? "";
    const both = typed.trim() === "" || typed.trimEnd() === text.trimEnd() ? text : `${text}\n\n${typed}`;
    const added = (keeper.state(id).draft?.files ?? []).filter((f) => files.every((one) => one.id !== f.id));
    keeper.change(id, { audience, text: both, answersMessageId, files: [...files, ...added] });
  }

  const undo = useCommand<
    {
      replyId: string;
      conversationId: string;
      audience: Audience;
      text: string;
      answersMessageId: string;
      files: readonly AttachedFile[];
    },
    Made
  >({
    run: ({ replyId }, commandId) => api.post(`/api/desk/replies/${replyId}/undo`, {}, { commandId }),
    onDone: (_made, input) => {
      restore(input.conversationId, input.audience, input.text, input.answersMessageId, input.files);
      remove(input.conversationId, input.replyId);
      announce(t`Taken back. Nobody saw it; your text is in the composer.`);
      go(input.conversationId);
    },
    invalidates: (input) => [keyOf(input.conversationId), ["work"]],
    onProblem: (problem, input) => {
      toasts.add({ text: problem.detail ?? problem.title });
      void client.invalidateQueries({ queryKey: keyOf(input.conversationId) });
    },
  });

  const reply = useCommand<SendInput, Made>({
    async run(input, commandId) {
      await keeper.quiet(input.conversationId);
      const { audience, text, answersMessageId, resolveWith } = input;
      const files = input.files.map(({ id, alt }) => ({ id, alt }));
      const body = { audience, text, answersMessageId, files, resolveWith };
      const path = `/api/desk/conversations/${input.conversationId}/replies`;
      return withVersion(
        (expectedVersion) =>
          api.post<Made>(path, body, { commandId: `${commandId}.${expectedVersion}`, expectedVersion }),
        input.version,
      );
    },
    optimistic(input) {
      const { conversationId: id, audience } = input;
      const entry = waitingReply(input);
      entries(id, (timeline) => [...timeline, entry]);
      client.setQueryData<ConversationView>(keyOf(id), (view) => view && { ...view, draft: null });
      keeper.forget(id);
      return () => {
        remove(id, entry.id);
        restore(id, audience, input.text, input.answersMessageId, input.files);
      };
    },
    invalidates: (input) => [keyOf(input.conversationId), ["work"], ["presence"]],
    onDone(made, input) {
      doubtful.current = null;
      const { conversationId, audience, text, answersMessageId, files } = input;
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
      toasts.add({
        text:
          audience === "public" ? t`Public reply goes out in ${seconds} s` : t`Private reply goes out in ${seconds} s`,
        lasts: seconds * 1_000,
        undo: () => undo.send({ replyId: made.replyId, conversationId, audience, text, answersMessageId, files }),
      });
    },
    onProblem(problem, input) {
      const { conversationId: id } = input;
      if (problem.kind === "unknown") {
        doubtful.current = input;
        remove(id, waitingReply(input).id);
        restore(id, input.audience, input.text, input.answersMessageId, input.files);
      }
      announce(t`Not sent. Your text is safe. ${problem.detail ?? problem.title}`, true);
      toasts.add({ text: t`Not sent. Your text is safe.`, act: { label: t`Show`, run: () => go(id) } });
      if (problem.kind !== "offline") void client.invalidateQueries({ queryKey: keyOf(id) });
    },
  });

  const note = useCommand<{ conversationId: string; text: string }, unknown>({
    async run({ conversationId, text }, commandId) {
      await keeper.quiet(conversationId);
      return api.post(`/api/desk/conversations/${conversationId}/notes`, { text }, { commandId });
    },
    optimistic({ conversationId, text }) {
      keeper.discard(conversationId);
      return () => restore(conversationId, "note", text, null);
    },
    invalidates: ({ conversationId }) => [keyOf(conversationId)],
    onDone: () => announce(t`Note added. Only the team reads it.`),
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
      toasts.add({ text: problem.detail ?? problem.title });
      void client.invalidateQueries({ queryKey: keyOf(conversationId) });
    },
  });

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
