import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { KeyBinding } from "../../shared/keys/match.ts";
import { changeKeySettings } from "../../shared/keys/settings.ts";
import { useKeySettings } from "../../shared/keys/use-keys.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Checkbox, TextField } from "../../shared/ui/field.tsx";
import { areas } from "../areas.ts";
import { catalogue, type Screen } from "./catalogue.ts";
import { KeyChanger } from "./key-changer.tsx";
import css from "./keys-page.module.css";

/** Every key of every screen: switched off, changed, and put back. What is changed goes wherever the agent signs in. */
export default function KeysPage() {
  const { t, i18n } = useLingui();
  const settings = useKeySettings();
  const [find, setFind] = useState("");
  const screens: Record<Screen, string> = {
    everywhere: t`Everywhere`,
    desk: t`Desk`,
    customer: t`Customer`,
    wallboard: t`Wallboard`,
    insights: t`Insights`,
    escalations: t`Escalations`,
    listening: t`Listening`,
    learning: t`Learning`,
    start: t`Start`,
  };
  const all = [
    ...catalogue,
    ...areas.map((area) => ({
      id: `go.${area.id}`,
      keys: `g ${area.key}`,
      label: area.label,
      screen: "everywhere" as const,
    })),
  ].map((one) => ({ ...one, binding: bindingOf(one.id, one.keys, i18n._(one.label), screens[one.screen]) }));
  const changed = Object.keys(settings.changed).length;
  const fits = (label: string) => label.toLowerCase().includes(find.trim().toLowerCase());

  /** Only what can be struck in the same place can be in each other's way. */
  const together = (screen: Screen) =>
    all
      .filter((one) => one.screen === screen || one.screen === "everywhere" || screen === "everywhere")
      .map((one) => one.binding);
  function change(id: string, keys: string | null, usual: string | readonly string[]): void {
    const { [id]: _before, ...rest } = settings.changed;
    const usually = typeof usual === "string" ? [usual] : usual;
    const same = keys !== null && usually.length === 1 && usually[0] === keys;
    changeKeySettings({ ...settings, changed: same ? rest : { ...rest, [id]: keys } });
  }
  function reset(id: string): void {
    const { [id]: _before, ...rest } = settings.changed;
    changeKeySettings({ ...settings, changed: rest });
  }

  return (
    <div className={css.page}>
      <div className={css.intro}>
        <span className="grow">
          <Checkbox
            checked={settings.singleKeys}
            onChange={(singleKeys) => changeKeySettings({ ...settings, singleKeys })}
          >
            <Trans>Single keys</Trans>
          </Checkbox>
        </span>
        <Button
          refused={changed === 0 ? t`No key is changed.` : null}
          onClick={() => changeKeySettings({ ...settings, changed: {} })}
        >
          <Trans>Back to the usual keys</Trans>
        </Button>
      </div>
      <p className="small mid">
        {t`Single keys act only while no text has the focus. Whoever dictates or uses a screen reader may want them off: then Ctrl K still finds every act.`}
      </p>
      <TextField label={t`Find an act`} value={find} onChange={(event) => setFind(event.target.value)} />
      {(Object.keys(screens) as Screen[]).map((screen) => {
        const shown = all.filter((one) => one.screen === screen && fits(one.binding.label));
        if (shown.length === 0) return null;
        return (
          <section key={screen} className={css.group}>
            <h2 className={css.heading}>{screens[screen]}</h2>
            <ul>
              {shown.map(({ binding }) => (
                <li key={binding.id} className={css.row}>
                  <span className={css.label}>{binding.label}</span>
                  {Object.hasOwn(settings.changed, binding.id) ? (
                    <Button
                      size="small"
                      look="bare"
                      iconOnly
                      icon="undo"
                      aria-label={t`${binding.label}: back to the usual key`}
                      onClick={() => reset(binding.id)}
                    />
                  ) : null}
                  <KeyChanger
                    binding={binding}
                    bindings={together(screen)}
                    onChange={(keys) => change(binding.id, keys, binding.keys)}
                  />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

const bindingOf = (id: string, keys: string | readonly string[], label: string, group: string): KeyBinding => ({
  ...{ id, keys, label, group },
  run() {},
});
