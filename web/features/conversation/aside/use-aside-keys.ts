import { useLingui } from "@lingui/react/macro";
import { useKeyFor, useKeys } from "../../../shared/keys/use-keys.ts";
import type { MenuEntry } from "../../../shared/ui/menu.tsx";
import type { Aside } from "./aside.ts";

/** Follow, write a task, ask somebody aside: their keys, and their lines for the menu. */
export function useAsideKeys(onAside: (aside: Aside) => void): MenuEntry[] {
  const { t } = useLingui();
  const follow = t`Follow it, or leave it`;
  const task = t`Something to be done …`;
  const question = t`Ask somebody aside …`;
  const group = t`Work`;
  useKeys("screen", [
    { id: "aside.follow", keys: "shift+l", label: follow, group, run: () => onAside({ what: "follow" }) },
    { id: "aside.task", keys: "shift+r", label: task, group, run: () => onAside({ what: "task" }) },
    { id: "aside.question", keys: "shift+q", label: question, group, run: () => onAside({ what: "question" }) },
  ]);
  return [
    { id: "task", label: task, icon: "calendar", keys: useKeyFor("aside.task", "shift+r") },
    { id: "question", label: question, icon: "people", keys: useKeyFor("aside.question", "shift+q") },
    { id: "follow", label: follow, icon: "star", keys: useKeyFor("aside.follow", "shift+l") },
  ];
}
