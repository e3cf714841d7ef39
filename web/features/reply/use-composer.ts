import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { AttachedFile, ConversationView, TimelineMessage } from "#contracts/desk";
import { useLive } from "../../shared/live/use-live.ts";
import { announce } from "../../shared/ui/announcer.tsx";
import { doorway, firstAudience } from "./check-reply.ts";
import { type Audience, type DraftText, isEmpty } from "./draft-merge.ts";
import { draftsOf } from "./drafts.ts";

export type Composer = ReturnType<typeof useComposer>;

/**
 * What the composer of one conversation is for: audience and the message it answers. It does not change with each letter: the
 * words are the composer's own (`useWords`), and the conversation around it is not drawn anew while somebody types.
 */
export function useComposer(view: ConversationView, me: string) {
  const { t } = useLingui();
  const client = useQueryClient();
  const keeper = draftsOf(me, client);
  const { id } = view;
  useSyncExternalStore(keeper.subscribe, () => outlineOf(keeper.state(id).draft));
  const { draft } = keeper.state(id);
  const words = () => keeper.state(id).draft?.text ?? "";
  const files = () => keeper.state(id).draft?.files ?? [];
  const [chosen, setChosen] = useState<{ audience: Audience; first: "public" | "private" } | null>(null);
  const { first } = view.composer;

  useEffect(() => keeper.meet(id, view.draft), [keeper, id, view.draft]);
  useEffect(() => () => void keeper.flush(id), [keeper, id]);
  // My draft, saved in another window.
  useLive(["draft"], (event) => {
    if (event.conversationId !== id || event.version <= (keeper.state(id).draft?.base ?? 0)) return;
    void client.invalidateQueries({ queryKey: ["conversation", id], exact: true });
  });

  const mine = chosen && (chosen.audience !== "public" || chosen.first === first) ? chosen.audience : null;
  const audience = mine ?? firstAudience(view, draft && !isEmpty(draft) ? draft.audience : null);
  // The customer went private while a public answer was being written: said aloud, because the audience changed.
  const before = useRef(audience);
  useEffect(() => {
    const moved = before.current === "public" && audience === "private" && chosen?.audience === "public";
    before.current = audience;
    if (moved) announce(t`They wrote in private. Your text is now a private reply.`, true);
  }, [audience, chosen, t]);

  const side = audience === "note" ? null : doorway(view, audience, me);
  const wanted = draft?.answersMessageId ?? null;
  const answersId =
    side?.door && audience !== "note"
      ? wanted !== null && canAnswer(view, wanted, audience, me)
        ? wanted
        : side.door.answersMessageId
      : null;
  const target = answersId === null ? null : messageOf(view, answersId);

  function change(next: Partial<DraftText>): void {
    const copies = keeper.state(id).draft?.copies;
    keeper.change(id, {
      ...{ audience, text: words(), answersMessageId: wanted, files: files() },
      // Another mail was to other people.
      ...(copies && next.answersMessageId === undefined && { copies }),
      ...next,
    });
  }

  return {
    audience,
    side,
    target,
    answersId,
    keeper,
    describe: (file: AttachedFile, alt: string) =>
      change({ files: files().map((one) => (one.id === file.id ? { ...one, alt } : one)) }),
    setCopies: (copies: readonly string[]) => change({ copies }),
    setText: (next: string) => change({ text: next }),
    /** Other words for another audience at once, made of what stands there now. */
    put(next: Audience, make: (before: string) => string, answersMessageId: string): void {
      setChosen({ audience: next, first });
      change({ audience: next, text: make(words()), answersMessageId });
    },
    setAudience(next: Audience) {
      setChosen({ audience: next, first });
      if (words() !== "" || files().length > 0) change({ audience: next });
    },
    answer(messageId: string): boolean {
      const message = messageOf(view, messageId);
      const next = audience === "note" ? (message?.mark.audience ?? "public") : audience;
      if (!canAnswer(view, messageId, next, me)) return false;
      setChosen({ audience: next, first });
      change({ answersMessageId: messageId, audience: next });
      return true;
    },
  };
}

/** All of a draft but its words. */
function outlineOf(draft: DraftText | null): string {
  return draft ? `${draft.audience} ${draft.answersMessageId} ${!isEmpty(draft)}` : "";
}

const NO_FILES: readonly AttachedFile[] = [];

export type WrittenComposer = ReturnType<typeof useWords>;

/** The composer with the words that stand in it and where they are kept; anew with each letter. */
export function useWords(composer: Composer, id: string) {
  const { draft, kept } = useSyncExternalStore(composer.keeper.subscribe, () => composer.keeper.state(id));
  return { ...composer, text: draft?.text ?? "", files: draft?.files ?? NO_FILES, copies: draft?.copies ?? null, kept };
}

function messageOf(view: ConversationView, id: string): TimelineMessage | null {
  const entry = view.timeline.find((one) => one.id === id);
  return entry?.type === "message" ? entry : null;
}

/** Only messages behind the door that is open: on the same channel, still there, and answerable for this audience. */
export function canAnswer(view: ConversationView, id: string, audience: Audience, me: string): boolean {
  const message = messageOf(view, id);
  if (message?.direction !== "in" || message.state !== "live") return false;
  const side = audience === "note" ? message.mark.audience : audience;
  const { door } = doorway(view, side, me);
  return door !== null && message.canAnswer[side] && message.mark.channelId === door.mark.channelId;
}
