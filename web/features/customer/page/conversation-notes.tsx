import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { CustomerPage } from "#contracts/customer-page";
import { Moment } from "../../../shared/ui/moment.tsx";
import css from "./customer-page.module.css";

type ConversationNotesProps = {
  notes: CustomerPage["conversationNotes"];
  conversations: CustomerPage["conversations"];
};

/** Notes that stand in the conversations, each with the way to it. */
export function ConversationNotes({ notes, conversations }: ConversationNotesProps) {
  const { t } = useLingui();
  if (notes.length === 0) return null;
  const numbers = new Map(conversations.map((one) => [one.id, one.number]));
  return (
    <section>
      <h3>{t`Notes in conversations`}</h3>
      <ul className={css.notes}>
        {notes.map((one) => (
          <li key={one.id}>
            <p className="small" dir="auto">
              {one.text}
            </p>
            <p className="micro mute">
              <bdi>{one.agent?.name ?? t`A program`}</bdi>, <Moment at={one.at} />{" "}
              <Link to="/desk/$conversationId" params={{ conversationId: one.conversationId }} preload={false}>
                {numbers.get(one.conversationId) ?? t`Open`}
              </Link>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
