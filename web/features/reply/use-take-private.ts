import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { ConversationView } from "#contracts/desk";
import type { Destination, InviteMade } from "#contracts/invites";
import { api } from "../../shared/api/api.ts";
import { invitesQuery } from "../../shared/api/invites-query.ts";
import { useCommand } from "../../shared/api/use-command.ts";
import { announce } from "../../shared/ui/announcer.tsx";
import { sayProblem } from "../../shared/ui/problem-words.ts";
import { toasts } from "../../shared/ui/toast.tsx";
import type { Composer } from "./use-composer.ts";
import { withInvite } from "./with-invite.ts";

export type TakePrivate = ReturnType<typeof useTakePrivate>;

/** Inviting a customer from a public reply into private: one key puts the words in, the ordinary reply sends them. */
export function useTakePrivate(view: ConversationView, composer: Composer, onWritten: () => void) {
  const { t } = useLingui();
  const { id } = view;
  const said = view.timeline.some((one) => one.type === "message" && one.mark.audience === "public");
  const board = useQuery({ ...invitesQuery(id), enabled: said }).data ?? null;
  const open = view.composer.public.door !== null;

  const make = useCommand<{ destination: Destination; answersMessageId: string }, InviteMade>({
    run: (body, commandId) => api.post<InviteMade>(`/api/desk/conversations/${id}/invites`, body, { commandId }),
    invalidates: () => [invitesQuery(id).queryKey],
    onDone: (made, { answersMessageId }) => {
      composer.put("public", (text) => withInvite(text, made.text), answersMessageId);
      announce(t`The invitation stands in your public reply.`);
      onWritten();
    },
    onProblem: (problem) => toasts.add({ text: sayProblem(problem) }),
  });

  return {
    board,
    places: open ? (board?.places ?? []) : [],
    busy: make.busy,
    invite(destination: Destination): void {
      if (board?.answersMessageId && !make.busy) make.send({ destination, answersMessageId: board.answersMessageId });
    },
    close(): void {
      if (!board?.closing) return;
      const { text, answersMessageId } = board.closing;
      composer.put(
        "public",
        (before) => (before.trim() === "" ? text : `${before.trimEnd()} ${text}`),
        answersMessageId,
      );
      onWritten();
    },
  };
}
