import { useLingui } from "@lingui/react/macro";
import type { Ref } from "react";
import { MOST_SEARCH } from "#shared/search-query";
import { Button } from "../../shared/ui/button.tsx";
import { Icon } from "../../shared/ui/icon.tsx";
import css from "./search.module.css";

type SearchFieldProps = {
  text: string;
  field: Ref<HTMLInputElement>;
  busy: boolean;
  fault: string | null;
  onType: (text: string) => void;
  onAsk: (text: string) => void;
  /** Into what was found. */
  onDown: () => void;
};

/** Where it is said what is looked for. It looks by itself a moment after the last letter, at once on Enter. */
export function SearchField({ text, field, busy, fault, onType, onAsk, onDown }: SearchFieldProps) {
  const { t } = useLingui();
  return (
    <div className={css.field}>
      <Icon name="search" size="large" />
      <input
        ref={field}
        type="search"
        className={css.input}
        value={text}
        maxLength={MOST_SEARCH}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        enterKeyHint="search"
        aria-label={t`Search for words, people or a number`}
        aria-invalid={fault ? true : undefined}
        aria-describedby="search-says"
        aria-busy={busy}
        placeholder={t`Words, “a phrase”, begin*, from:anna, is:open …`}
        onChange={(event) => onType(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Enter") onAsk(text);
          else if (event.key === "ArrowDown") {
            event.preventDefault();
            onDown();
          }
        }}
      />
      {text === "" ? null : (
        <Button
          look="bare"
          size="small"
          iconOnly
          icon="close"
          aria-label={t`Empty the field`}
          onClick={() => onAsk("")}
        />
      )}
    </div>
  );
}
