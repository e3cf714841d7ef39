import { useLingui } from "@lingui/react/macro";
import type { KeyboardEvent } from "react";
import { Icon, type IconName } from "../../shared/ui/icon.tsx";
import { KeyHint } from "../../shared/ui/key-hint.tsx";
import { tabStep } from "../../shared/ui/tabs.tsx";
import css from "./composer.module.css";
import type { Audience } from "./draft-merge.ts";
import type { useAudienceWords } from "./use-audience-words.ts";

const ORDER: readonly Audience[] = ["public", "private", "note"];
export const LOOK = { public: css.isPublic, private: css.isPrivate, note: css.isNote };
export const AUDIENCE_ICON: Record<Audience, IconName> = { public: "globe", private: "lock", note: "note" };

type TabsProps = {
  id: string;
  audience: Audience;
  shut: boolean;
  words: ReturnType<typeof useAudienceWords>;
  keys: Record<Audience, string | undefined>;
  onChoose: (audience: Audience, write?: boolean) => void;
};

/** Who will read it: the one thing that is chosen before a word is written. */
export function ComposerTabs({ id, audience, shut, words, keys, onChoose }: TabsProps) {
  const { t } = useLingui();

  function onTabKey(event: KeyboardEvent<HTMLDivElement>): void {
    const rightToLeft = getComputedStyle(event.currentTarget).direction === "rtl";
    const to = tabStep(
      event.key,
      ORDER.indexOf(audience),
      ORDER.map(() => true),
      rightToLeft,
    );
    if (to === null) return;
    event.preventDefault();
    onChoose(ORDER[to]!, false);
    event.currentTarget.querySelectorAll<HTMLElement>("[role=tab]")[to]?.focus();
  }

  return (
    <div className={css.tabs} role="tablist" aria-label={t`Who will read it`} onKeyDown={onTabKey}>
      {ORDER.map((one) => (
        <button
          key={one}
          type="button"
          role="tab"
          id={`${id}-${one}`}
          aria-selected={one === audience}
          aria-controls={one === audience ? `${id}-box` : undefined}
          tabIndex={one === audience ? 0 : -1}
          className={`${css.tab} ${shut && one === audience ? css.isShut : LOOK[one]}`}
          onClick={() => onChoose(one)}
        >
          <Icon name={AUDIENCE_ICON[one]} />
          {words[one].tab}
          {words[one].more ? <small className={css.tabMore}>{words[one].more}</small> : null}
          {keys[one] ? <KeyHint keys={keys[one]} className={css.tabKey} /> : null}
        </button>
      ))}
    </div>
  );
}
