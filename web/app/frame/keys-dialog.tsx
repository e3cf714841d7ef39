import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { type KeyBinding, keysOf } from "../../shared/keys/match.ts";
import { changeKeySettings } from "../../shared/keys/settings.ts";
import { useActiveBindings, useKeySettings } from "../../shared/keys/use-keys.ts";
import { buttonClass } from "../../shared/ui/button.tsx";
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

/** All keys of this screen as the agent has them; single ones are switched off here, each is changed on its own page. */
export function KeysDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const bindings = useActiveBindings();
  const settings = useKeySettings();
  return (
    <Dialog
      open={open}
      onClose={onClose}
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
          <Link to="/keys" className={buttonClass("quiet")} onClick={onClose}>
            <Trans>Change keys</Trans>
          </Link>
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
                <PrintedKeys keys={keysOf(binding, settings)} />
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
