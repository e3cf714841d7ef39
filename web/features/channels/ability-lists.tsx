import { useLingui } from "@lingui/react/macro";
import type { Capabilities } from "#shared/capabilities";
import { abilitiesOf } from "./abilities.ts";
import css from "./channels-page.module.css";
import { useAbilityWords } from "./use-ability-words.ts";

/** What a network can and cannot do, as two lists of sentences. */
export function AbilityLists({ sheet, level = 4 }: { sheet: Partial<Capabilities>; level?: 3 | 4 }) {
  const Heading = `h${level}` as const;
  const { t } = useLingui();
  const say = useAbilityWords();
  const all = abilitiesOf(sheet);
  const lists = [
    { id: "can", title: t`It can`, of: all.filter((one) => one.can) },
    { id: "cannot", title: t`It cannot`, of: all.filter((one) => !one.can) },
  ].filter((list) => list.of.length > 0);
  return (
    <div className={css.columns}>
      {lists.map((list) => (
        <div key={list.id} className={css.column}>
          <Heading className={css.heading}>{list.title}</Heading>
          <ul className={list.id === "can" ? css.can : css.cannot}>
            {list.of.map((one) => (
              <li key={JSON.stringify(one)}>{say(one)}</li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
