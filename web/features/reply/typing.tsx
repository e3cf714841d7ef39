import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { api } from "../../shared/api/api.ts";
import css from "./composer.module.css";

/** So often the customer is told that somebody still writes; what they are shown ends by itself after eight seconds. */
const TELL_EVERY = 4_000;
const LOOK_EVERY = 3_000;

type TypingProps = { conversationId: string; customer: string; text: string; isOpen: boolean };

/** On networks that show it: the customer sees that we write, and we see that the customer does. */
export default function Typing({ conversationId, customer, text, isOpen }: TypingProps) {
  useTellTyping(conversationId, isOpen ? text : "");
  const { data } = useQuery({
    queryKey: ["typing", conversationId],
    queryFn: () => api.get<{ typing: boolean }>(`/api/desk/conversations/${conversationId}/typing`),
    refetchInterval: LOOK_EVERY,
    // A hidden screen asks nobody.
    refetchIntervalInBackground: false,
    staleTime: 0,
    retry: false,
  });
  // The place stays, so that nothing jumps.
  return (
    <p className={css.typing} aria-hidden={data?.typing !== true}>
      {data?.typing ? (
        <Trans>
          <bdi>{customer}</bdi> is writing …
        </Trans>
      ) : (
        "\u00a0"
      )}
    </p>
  );
}

function useTellTyping(conversationId: string, text: string): void {
  const told = useRef({ at: 0, text: "" });
  useEffect(() => {
    const path = `/api/desk/conversations/${conversationId}/typing`;
    // Only what changes under the hands is writing; a draft that lies there is none.
    const isFirst = told.current.at === 0 && told.current.text === "";
    const writes = text.trim() !== "" && text !== told.current.text && !isFirst;
    const now = performance.now();
    if (writes && now - told.current.at >= TELL_EVERY) {
      told.current.at = now;
      api.post(path, { on: true }).catch(() => {});
    } else if (text.trim() === "" && told.current.at > 0) {
      told.current.at = 0;
      api.post(path, { on: false }).catch(() => {});
    }
    told.current.text = text;
  }, [conversationId, text]);
}
