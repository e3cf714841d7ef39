import { useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, useEffect, useId, useState } from "react";
import type { MacroView } from "#contracts/macros";
import { Dialog } from "../../../shared/ui/dialog.tsx";
import { EmptyState } from "../../../shared/ui/empty-state.tsx";
import { FetchFault } from "../../../shared/ui/fetched.tsx";
import { TextField } from "../../../shared/ui/field.tsx";
import { Skeleton } from "../../../shared/ui/skeleton.tsx";
import css from "./macro-picker.module.css";

type PickerProps = {
  /** Null while they are fetched. */
  macros: readonly MacroView[] | null;
  /** Their reading: why they did not come, and how they are asked for again. */
  asked: { error: unknown; refetch: () => unknown };
  /** The words it would put in here. */
  preview: (macro: MacroView) => string;
  onUse: (macro: MacroView) => void;
  onClose: () => void;
};

/** One macro, found by name or words; arrows and Enter. */
export default function MacroPicker({ macros, asked: reading, preview, onUse, onClose }: PickerProps) {
  const { t } = useLingui();
  const id = useId();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const asked = typed.trim().toLowerCase().replace(/^::/u, "");
  const found = (macros ?? [])
    .filter((one) => one.name.includes(asked) || one.texts.some((x) => x.text.toLowerCase().includes(asked)))
    .toSorted((a, b) => Number(b.name.startsWith(asked)) - Number(a.name.startsWith(asked)));
  const chosen = found[Math.min(at, found.length - 1)];
  const line = (macro: MacroView) => `${id}-${macro.id}`;
  const lineId = chosen && line(chosen);
  useEffect(() => {
    if (lineId) document.getElementById(lineId)?.scrollIntoView({ block: "nearest" });
  }, [lineId]);

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && found.length > 0) setAt((Math.min(at, found.length - 1) + step + found.length) % found.length);
    else if (event.key === "Enter" && chosen) onUse(chosen);
    else return;
    event.preventDefault();
  }
  return (
    <Dialog open onClose={onClose} title={t`Macros`} width={620}>
      <div className={css.picker}>
        <TextField
          label={t`Find a macro`}
          value={typed}
          autoFocus
          role="combobox"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen ? line(chosen) : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <FetchFault query={reading} />
        {macros === null && !reading.error ? <Skeleton /> : null}
        {macros !== null && found.length === 0 ? (
          <EmptyState title={asked ? t`No macro has that` : t`There is no macro for this yet`}>
            {t`They are written under Voice, Macros.`}
          </EmptyState>
        ) : null}
        <div role="listbox" id={`${id}-list`} aria-label={t`Macros`} className={css.list}>
          {found.map((macro) => (
            // The keyboard stays in the field, which says where it is.
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field above hears the keys
            // biome-ignore lint/a11y/useFocusableInteractive: as above
            <div
              key={macro.id}
              id={line(macro)}
              role="option"
              aria-selected={macro === chosen}
              className={css.option}
              onClick={() => onUse(macro)}
            >
              <b className={css.name}>::{macro.name}</b>
              <Scope macro={macro} />
              {macro.texts.length > 0 ? (
                <span className={css.words} dir="auto">
                  {preview(macro)}
                </span>
              ) : null}
              {macro.act ? <Act macro={macro} /> : null}
            </div>
          ))}
        </div>
      </div>
    </Dialog>
  );
}

function Scope({ macro }: { macro: MacroView }) {
  const { t } = useLingui();
  const words = { own: t`Mine`, team: t`Team`, account: t`Everybody` };
  return <span className={css.scope}>{words[macro.scope.kind]}</span>;
}

function Act({ macro: { act, queue } }: { macro: MacroView }) {
  const { t } = useLingui();
  const words =
    act?.kind === "resolve" ? t`and resolves it` : act?.kind === "move" ? t`and moves it to ${queue ?? "—"}` : null;
  return <span className={css.act}>{words ?? t`and snoozes it`}</span>;
}
