import type { ReactElement, ReactNode } from "react";
import {
  Menu as AriaMenu,
  Header,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Pressable,
} from "react-aria-components/Menu";
import { Icon, type IconName } from "./icon.tsx";
import { KeyHint } from "./key-hint.tsx";
import css from "./pop.module.css";

export type MenuEntry = {
  id: string;
  label: string;
  detail?: ReactNode;
  icon?: IconName;
  keys?: string;
  /** Shown with a tick: one of a choice. */
  chosen?: boolean;
  disabled?: boolean;
};

export type MenuGroup = { heading?: string; entries: readonly MenuEntry[] };

type MenuProps = {
  /** The button that opens it. */
  children: ReactElement;
  /** Spoken name of the menu. */
  label: string;
  groups: readonly MenuGroup[];
  onAct: (id: string) => void;
  placement?: "bottom start" | "bottom end" | "top start" | "top end";
};

/** A button that opens a list of acts. Arrows, letters, Home, End and Esc work; focus comes back to the button. */
export function Menu({ children, label, groups, onAct, placement = "bottom start" }: MenuProps) {
  const choice = groups.some((group) => group.entries.some((entry) => entry.chosen !== undefined));
  return (
    <MenuTrigger>
      <Pressable>{children as ReactElement<Record<string, unknown>, string>}</Pressable>
      <Popover className={css.pop} placement={placement} offset={4} containerPadding={8}>
        <AriaMenu className={css.menu} aria-label={label} onAction={(key) => onAct(String(key))}>
          {groups.map((group) => (
            <MenuSection
              key={group.heading ?? group.entries[0]?.id}
              aria-label={group.heading ?? label}
              {...choiceOf(group)}
            >
              {group.heading ? <Header className={css.heading}>{group.heading}</Header> : null}
              {group.entries.map((entry) => (
                <MenuItem
                  key={entry.id}
                  id={entry.id}
                  textValue={entry.label}
                  isDisabled={entry.disabled ?? false}
                  className={css.item ?? ""}
                >
                  {choice ? <span className={css.tickPlace}>{entry.chosen ? <Icon name="done" /> : null}</span> : null}
                  {entry.icon ? <Icon name={entry.icon} /> : null}
                  <span className={css.words}>
                    {entry.label}
                    {entry.detail ? <span className={css.detail}>{entry.detail}</span> : null}
                  </span>
                  {entry.keys ? <KeyHint keys={entry.keys} /> : null}
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

/** A group with a chosen entry is a choice of one and is told so; the press itself is told to onAct like any other. */
function choiceOf(group: MenuGroup) {
  if (!group.entries.some((entry) => entry.chosen !== undefined)) return {};
  const chosen = group.entries.filter((entry) => entry.chosen).map((entry) => entry.id);
  return { selectionMode: "single" as const, selectedKeys: chosen, disallowEmptySelection: true };
}
