import { Trans, useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, useState } from "react";
import { chordOf } from "../../shared/keys/chord.ts";
import { clashes, type KeyBinding, keysOf, usualKeys } from "../../shared/keys/match.ts";
import { changeKeySettings } from "../../shared/keys/settings.ts";
import { useActiveBindings, useKeySettings } from "../../shared/keys/use-keys.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { Checkbox } from "../../shared/ui/field.tsx";
import { printKeys } from "../../shared/ui/key-hint.tsx";
import css from "./keys-dialog.module.css";

/** Bindings under their headings, each once, in the order of the screen. */
export function groupBindings(bindings: readonly KeyBinding[]): [string, KeyBinding[]][] {
  const groups = new Map<string, Map<string, KeyBinding>>();
  for (const binding of bindings) {
    const group = groups.get(binding.group) ?? new Map<string, KeyBinding>();
    if (!group.has(binding.id)) group.set(binding.id, binding);
    groups.set(binding.group, group);
  }
  return [...groups].map(([name, group]) => [name, [...group.values()]]);
}

/** All keys of this screen; here they are switched off and changed. */
export function KeysDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const bindings = useActiveBindings();
  const settings = useKeySettings();
  const [changing, setChanging] = useState(false);
  const changedSome = Object.keys(settings.changed).length > 0;

  function change(id: string, keys: string | null): void {
    changeKeySettings({ ...settings, changed: { ...settings.changed, [id]: keys } });
  }

  return (
    <Dialog
      open={open}
      onClose={() => {
        setChanging(false);
        onClose();
      }}
      title={t`Keys of this screen`}
      width={620}
      foot={
        <>
          <span className="grow">
            <Checkbox
              checked={settings.singleKeys}
              onChange={(singleKeys) => changeKeySettings({ ...settings, singleKeys })}
            >
              <Trans>Single keys</Trans>
            </Checkbox>
          </span>
          {changing && changedSome ? (
            <Button look="bare" onClick={() => changeKeySettings({ ...settings, changed: usualKeys.changed })}>
              <Trans>Back to the usual keys</Trans>
            </Button>
          ) : null}
          <Button onClick={() => setChanging(!changing)}>
            {changing ? <Trans>Keys are right</Trans> : <Trans>Change keys</Trans>}
          </Button>
        </>
      }
    >
      {groupBindings(bindings).map(([name, group]) => (
        <section key={name} className={css.group}>
          <h3 className={css.heading}>{name}</h3>
          <ul className={css.list}>
            {group.map((binding) => (
              <li key={binding.id} className={css.row}>
                <span className={css.label}>{binding.label}</span>
                {changing ? (
                  <KeyChanger binding={binding} bindings={bindings} onChange={(keys) => change(binding.id, keys)} />
                ) : (
                  <PrintedKeys keys={keysOf(binding, settings)} />
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Dialog>
  );
}

function PrintedKeys({ keys }: { keys: readonly string[] }) {
  const { t } = useLingui();
  if (keys.length === 0) return <span className="mute micro">{t`off`}</span>;
  return (
    <span className={css.keys}>
      {keys.map((one) => (
        <kbd key={one} className={css.kbd}>
          {printKeys(one)}
        </kbd>
      ))}
    </span>
  );
}

type KeyChangerProps = {
  binding: KeyBinding;
  bindings: readonly KeyBinding[];
  onChange: (keys: string | null) => void;
};

function KeyChanger({ binding, bindings, onChange }: KeyChangerProps) {
  const { t } = useLingui();
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

  const shown = keys.length > 0 ? keys.map(printKeys).join(", ") : t`off`;
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
