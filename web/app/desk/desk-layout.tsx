import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { useKeys } from "../../shared/keys/use-keys.ts";
import css from "./desk-layout.module.css";

type DeskLayoutProps = {
  list: ReactNode;
  /** Null: nothing is open. */
  conversation: ReactNode | null;
  /** Spoken name of the open conversation: "Conversation with Ines Rocha". */
  conversationLabel: string;
  customer: ReactNode | null;
  /** Below 1180 px the customer lies over the conversation, and only when asked for (key I). */
  customerShown: boolean;
  onCustomerShown: (shown: boolean) => void;
  /** Over all panes, where something has to be known before work goes on. */
  notice?: ReactNode;
  /** Stands in the middle while nothing is open. */
  nothingOpen: ReactNode;
};

/** Three panes on a desk, two below 1180 px, one at a time on a phone. */
export function DeskLayout({
  list,
  conversation,
  conversationLabel,
  customer,
  customerShown,
  onCustomerShown,
  notice,
  nothingOpen,
}: DeskLayoutProps) {
  const { t } = useLingui();
  useKeys("screen", [
    {
      id: "customer.show",
      keys: "i",
      label: t`Customer`,
      group: t`Work`,
      disabled: customer === null,
      run: () => onCustomerShown(!customerShown),
    },
  ]);
  const pane = conversation === null ? "list" : customerShown && customer !== null ? "customer" : "conversation";
  return (
    <div className={css.whole}>
      {notice}
      <div className={css.desk} data-pane={pane}>
        <nav className={`${css.pane} ${css.list}`} aria-label={t`Work list`}>
          {list}
        </nav>
        <section className={`${css.pane} ${css.conversation}`} aria-label={conversationLabel}>
          {conversation ?? nothingOpen}
        </section>
        {customer !== null ? (
          <aside className={`${css.pane} ${css.customer}`} aria-label={t`Customer`}>
            {customer}
          </aside>
        ) : null}
      </div>
    </div>
  );
}
