import { useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useRef, useState } from "react";
import type { ConversationView } from "#contracts/desk";
import type { LaterBoard, LaterReplyView } from "#contracts/work-loop";
import { api } from "../../../shared/api/api.ts";
import { newId } from "../../../shared/api/new-id.ts";
import type { Problem } from "../../../shared/api/problem.ts";
import { useCommand } from "../../../shared/api/use-command.ts";
import { useKeys } from "../../../shared/keys/use-keys.ts";
import { useLists } from "../../../shared/text/use-lists.ts";
import { presentMoment } from "../../../shared/time/clock.ts";
import { useTimeWords } from "../../../shared/time/format.ts";
import { announce } from "../../../shared/ui/announcer.tsx";
import { Banner } from "../../../shared/ui/banner.tsx";
import { Button } from "../../../shared/ui/button.tsx";
import { sayProblem } from "../../../shared/ui/problem-words.ts";
import { toasts } from "../../../shared/ui/toast.tsx";

const WhenDialog = lazy(() => import("../../../shared/ui/when-dialog.tsx"));

type Words = {
  audience: "public" | "private";
  text: string;
  answersMessageId: string;
  copies: readonly string[] | null;
  resolveWith: string | null;
  expectedVersion: number;
};
type SendLaterProps = {
  view: Pick<ConversationView, "id" | "customer">;
  /** What would be sent; null: why it cannot wait for a later time is in `refused`. */
  words: Words | null;
  refused: string;
  /** The words are kept by the server: the draft is empty now. */
  onKept: () => void;
};

/** A reply for later: asks for the time, and says over the text what waits already and when it goes. */
export default function SendLater({ view, words, refused, onKept }: SendLaterProps) {
  const conversationId = view.id;
  const customer = view.customer.name;
  const { t } = useLingui();
  const { quote } = useLists();
  const client = useQueryClient();
  const time = useTimeWords();
  const [asking, setAsking] = useState(false);
  const told = useRef(0);
  const { data } = useQuery({
    queryKey: ["later"],
    queryFn: ({ signal }) => api.get<LaterBoard>("/api/desk/later", undefined, signal),
  });
  const waiting = data?.replies.find((one) => one.conversationId === conversationId && one.state === "waiting");
  const moment = (at: string | number) => time.moment(at, presentMoment());
  const said = (problem: Problem) => toasts.add({ text: sayProblem(problem) });
  const stale = () => void client.invalidateQueries({ queryKey: ["later"] });

  const put = useCommand<Words & { sendAt: number }, LaterReplyView>({
    run: ({ sendAt, ...body }, commandId) =>
      api.post(
        `/api/desk/conversations/${conversationId}/later`,
        { ...body, sendAt: new Date(sendAt).toISOString() },
        { commandId },
      ),
    invalidates: () => [["later"], ["work"], ["conversation", conversationId]],
    onDone: (made) => {
      onKept();
      const text = t`Goes out ${moment(made.sendAt)}. If ${customer} writes before, it is held.`;
      told.current = toasts.add({ text, undo: () => void takeBack(made.id) });
    },
  });
  async function takeBack(id: string): Promise<void> {
    toasts.close(told.current);
    await api
      .post(`/api/desk/later/${id}/cancel`, {}, { commandId: newId() })
      .then(() => announce(t`Your words are in the draft again.`), said);
    stale();
    void client.invalidateQueries({ queryKey: ["conversation", conversationId] });
  }
  const ask = () => (words ? setAsking(true) : toasts.add({ text: refused }));
  useKeys("screen", [
    {
      id: "write.later",
      keys: "alt+l",
      label: t`Send later …`,
      group: t`Write`,
      inText: true,
      disabled: words === null,
      refused,
      run: ask,
    },
  ]);
  return (
    <>
      {waiting ? (
        <Banner
          look="info"
          title={t`A reply of yours goes out ${moment(waiting.sendAt)}.`}
          acts={<Button size="small" onClick={() => void takeBack(waiting.id)}>{t`Take it back`}</Button>}
        >
          <bdi>{quote(waiting.text.length > 90 ? `${waiting.text.slice(0, 90)}…` : waiting.text)}</bdi>
        </Banner>
      ) : null}
      <Suspense fallback={null}>
        {asking && words ? (
          <WhenDialog
            title={t`Send later`}
            act={t`Send it then`}
            hint={t`It is looked at again at its time. If ${customer} writes before, it is held and you are told.`}
            onClose={() => setAsking(false)}
            onChoose={(sendAt) => put.sendAsync({ ...words, sendAt }).then(() => setAsking(false))}
          />
        ) : null}
      </Suspense>
    </>
  );
}
