import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import type { ConversationView } from "#contracts/desk";
import { pageQuery } from "./conversation-query.ts";
import { AT_THE_END, isAtEnd, type Walk, walkDown, walkUp, wholeOf } from "./walk.ts";

/** The part of a conversation that is on the screen: its end, unless somebody went up in it. */
export function useWalk(view: ConversationView) {
  const [walk, setWalk] = useState<Walk>(AT_THE_END);
  const asked = useQueries({ queries: walk.map((place) => pageQuery(view.id, place)) });
  const pages = walk.flatMap((place, at) => (place.kind === "newest" ? [view] : (asked[at]?.data ?? [])));
  const busy = asked.some((one, at) => walk[at]?.kind !== "newest" && one.isFetching);
  const shown = walk.length === 1 && isAtEnd(walk) ? view : wholeOf(view, pages.length > 0 ? pages : [view]);
  const atEnd = isAtEnd(walk);
  return {
    /** What is drawn. */
    shown,
    /** With the end of the conversation, whatever is drawn: what is answered stands there. */
    all: atEnd ? shown : wholeOf(view, [...pages, view]),
    busy,
    atEnd,
    canUp: shown.earlier !== null,
    up: () => shown.earlier !== null && !busy && setWalk(walkUp(walk, shown.earlier)),
    down: () => !atEnd && !busy && setWalk(walkDown(walk, shown.later ?? null)),
    toEnd: () => setWalk(AT_THE_END),
    /** From an instant on. */
    toDay: (at: string) => setWalk([{ kind: "from", at }]),
  };
}
