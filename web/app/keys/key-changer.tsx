import { useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, useState } from "react";
import { chordOf } from "../../shared/keys/chord.ts";
import { clashes, type KeyBinding, keysOf } from "../../shared/keys/match.ts";
import { useKeySettings } from "../../shared/keys/use-keys.ts";
import { useLists } from "../../shared/text/use-lists.ts";
import { Button } from "../../shared/ui/button.tsx";
import { printKeys } from "../../shared/ui/key-hint.tsx";
import css from "./keys-page.module.css";

type KeyChangerProps = {
  binding: KeyBinding;
  bindings: readonly KeyBinding[];
  onChange: (keys: string | null) => void;
};

/** One act's key: pressed, it waits for the new one. What answers to the same key beside it is told. */
export function KeyChanger({ binding, bindings, onChange }: KeyChangerProps) {
  const { t } = useLingui();
  const { list } = useLists();
  const settings = useKeySettings();
  const [waiting, setWaiting] = useState(false);
  const keys = keysOf(binding, settings);
  const taken = keys.flatMap((one) => clashes(binding.id, one, bindings, settings));

  function onKeyDown(event: KeyboardEvent): void {
    if (!waiting || event.key === "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    const chord = chordOf(event);
    if (chord === null) return;
    setWaiting(false);
    if (chord === "escape") return;
    onChange(chord === "backspace" || chord === "delete" ? null : chord);
  }

  const shown = keys.length > 0 ? list(keys.map(printKeys)) : t`off`;
  return (
    <span className={css.keys}>
      {taken[0] ? <span className={css.taken}>{t`also: ${taken[0].label}`}</span> : null}
      <Button
        size="small"
        aria-label={t`${binding.label}: ${shown}. Change`}
        onClick={() => setWaiting(true)}
        onKeyDown={onKeyDown}
        onBlur={() => setWaiting(false)}
      >
        {waiting ? t`Press the new key; Delete switches it off` : shown}
      </Button>
    </span>
  );
}
