import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";
import { Icon, type IconName } from "./icon.tsx";
import { KeyHint } from "./key-hint.tsx";
import css from "./tabs.module.css";

export type Tab<Id extends string> = {
  id: Id;
  label: ReactNode;
  count?: number | string;
  icon?: IconName;
  keys?: string;
  disabled?: boolean;
};

type TabsProps<Id extends string> = {
  label: string;
  tabs: readonly Tab<Id>[];
  chosen: Id;
  onChoose: (id: Id) => void;
  /** The panel of the chosen tab; it is named by its tab. */
  children?: ReactNode;
};

/** The place an arrow, Home or End leads to, stepping over what is disabled; the text's direction decides which arrow is forward. */
export function tabStep(key: string, at: number, enabled: readonly boolean[], rightToLeft = false): number | null {
  const forward = rightToLeft ? "ArrowLeft" : "ArrowRight";
  const back = rightToLeft ? "ArrowRight" : "ArrowLeft";
  const order = [...enabled.keys()].filter((place) => enabled[place]);
  if (order.length === 0) return null;
  if (key === "Home") return order[0] ?? null;
  if (key === "End") return order.at(-1) ?? null;
  const here = order.indexOf(at);
  if (key === forward) return order[(here + 1) % order.length] ?? null;
  if (key === back) return order[(here - 1 + order.length) % order.length] ?? null;
  return null;
}

/** One tab stop; arrows choose. */
export function Tabs<Id extends string>({ label, tabs, chosen, onChoose, children }: TabsProps<Id>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent) {
    const rightToLeft = getComputedStyle(event.currentTarget).direction === "rtl";
    const at = tabs.findIndex((tab) => tab.id === chosen);
    const to = tabStep(
      event.key,
      at,
      tabs.map((tab) => !tab.disabled),
      rightToLeft,
    );
    const next = to === null ? undefined : tabs[to];
    if (!next) return;
    event.preventDefault();
    onChoose(next.id);
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[to ?? 0]?.focus();
  }

  return (
    <>
      <div className={css.segments} role="tablist" aria-label={label} ref={list} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${id}-tab-${tab.id}`}
            aria-selected={tab.id === chosen}
            aria-controls={children !== undefined && tab.id === chosen ? `${id}-panel` : undefined}
            tabIndex={tab.id === chosen ? 0 : -1}
            disabled={tab.disabled}
            className={css.segment}
            onClick={() => onChoose(tab.id)}
          >
            <Face tab={tab} />
          </button>
        ))}
      </div>
      {children !== undefined ? (
        <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-tab-${chosen}`} className={css.panel}>
          {children}
        </div>
      ) : null}
    </>
  );
}

/** The same look for a choice that filters the page instead of opening a panel: pressed buttons in a named group. */
export function Segmented<Id extends string>({ label, tabs, chosen, onChoose }: Omit<TabsProps<Id>, "children">) {
  return (
    <fieldset className={css.segments} aria-label={label}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          aria-pressed={tab.id === chosen}
          disabled={tab.disabled}
          className={css.segment}
          onClick={() => onChoose(tab.id)}
        >
          <Face tab={tab} />
        </button>
      ))}
    </fieldset>
  );
}

function Face<Id extends string>({ tab }: { tab: Tab<Id> }) {
  return (
    <>
      {tab.icon ? <Icon name={tab.icon} /> : null}
      {tab.label}
      {tab.count !== undefined ? <span className={css.count}>{tab.count}</span> : null}
      {tab.keys ? <KeyHint keys={tab.keys} /> : null}
    </>
  );
}
