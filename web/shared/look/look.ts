import { useSyncExternalStore } from "react";

export type Theme = "system" | "light" | "dark";
export type Density = "compact" | "regular" | "roomy";
export type Look = { theme: Theme; density: Density; locale: string | null };

/** Read before the first paint by public/look.js: name and fields are shared with it. */
const PLACE = "hubbub.look";
const usual: Look = { theme: "system", density: "regular", locale: null };

function oneOf<Value extends string>(value: unknown, allowed: readonly Value[], fallback: Value): Value {
  return allowed.find((one) => one === value) ?? fallback;
}

export function readLook(text: string | null): Look {
  try {
    const said = (JSON.parse(text ?? "{}") ?? {}) as Record<string, unknown>;
    return {
      theme: oneOf(said.theme, ["system", "light", "dark"], "system"),
      density: oneOf(said.density, ["compact", "regular", "roomy"], "regular"),
      locale: typeof said.locale === "string" && /^[A-Za-z0-9-]{2,20}$/.test(said.locale) ? said.locale : null,
    };
  } catch {
    return usual;
  }
}

function stored(): Look {
  try {
    return readLook(localStorage.getItem(PLACE));
  } catch {
    return usual;
  }
}

let look: Look | null = null;
const listeners = new Set<() => void>();

export function currentLook(): Look {
  look ??= stored();
  return look;
}

function apply(next: Look): void {
  const root = document.documentElement;
  if (next.theme === "system") delete root.dataset.theme;
  else root.dataset.theme = next.theme;
  if (next.density === "regular") delete root.dataset.density;
  else root.dataset.density = next.density;
}

export function changeLook(change: Partial<Look>): void {
  look = { ...currentLook(), ...change };
  try {
    localStorage.setItem(PLACE, JSON.stringify(look));
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  apply(look);
  for (const listener of listeners) listener();
}

export function useLook(): Look {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, currentLook);
}
