import { useLingui } from "@lingui/react/macro";
import type { Medium, Priority, RowFault, What } from "./change-rows.ts";

/** What rows and results are called. */
export function useChangeWords() {
  const { t } = useLingui();
  const kinds: Record<What, string> = {
    people: t`More people in a team`,
    absence: t`Somebody is not here`,
    join: t`Somebody works in another team, too`,
    skill: t`A team learns a skill`,
    ask: t`A skill is asked for otherwise`,
    target: t`Another target`,
    weight: t`A kind of work takes more or less`,
    cap: t`Another limit for a kind of work`,
  };
  const media: Record<Medium, string> = {
    phone: t`Calls`,
    chat: t`Chats`,
    dm: t`Private messages`,
    public: t`Posts in public`,
    email: t`Mails, topics and reviews`,
  };
  const priorities: Record<Priority, string> = { urgent: t`Urgent`, high: t`High`, normal: t`Normal`, low: t`Low` };
  const faults: Record<RowFault, string> = {
    number: t`Type a whole number.`,
    tenths: t`Between 0.1 and 10: a person has room for 10.`,
    choice: t`There is nothing to choose from yet.`,
    time: t`Type both times.`,
  };
  return { kinds, media, priorities, faults };
}
