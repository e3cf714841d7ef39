import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { type KeyBinding, type KeyScope, keysOf } from "./match.ts";
import { activeBindings, onBindings, register } from "./registry.ts";
import { keySettings, onKeySettings } from "./settings.ts";

/** Binds keys while the component is shown. Give labels that stand well in the list of keys. */
export function useKeys(scope: KeyScope, bindings: readonly KeyBinding[]): void {
  const run = useEffectEvent((id: string) => bindings.find((binding) => binding.id === id)?.run());
  const shape = JSON.stringify(bindings.map(({ run: _run, ...rest }) => rest));
  useEffect(() => {
    const told = JSON.parse(shape) as Omit<KeyBinding, "run">[];
    return register({ scope, bindings: told.map((binding) => ({ ...binding, run: () => run(binding.id) })) });
  }, [scope, shape]);
}

export function useActiveBindings(): readonly KeyBinding[] {
  return useSyncExternalStore(onBindings, activeBindings);
}

export function useKeySettings() {
  return useSyncExternalStore(onKeySettings, keySettings);
}

/** The key to print on a button: the agent's own where it was changed; undefined where it is switched off. */
export function useKeyFor(id: string, usual: string): string | undefined {
  const settings = useKeySettings();
  const keys = keysOf({ id, keys: usual }, settings)[0];
  return keys !== undefined && !settings.singleKeys && !/mod\+|alt\+/.test(keys) ? undefined : keys;
}
