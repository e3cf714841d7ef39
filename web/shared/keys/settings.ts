import { api } from "../api/api.ts";
import { newId } from "../api/new-id.ts";
import { type KeySettings, usualKeys } from "./match.ts";

/** What an agent changed, from storage; anything of another shape is passed over. */
export function readKeySettings(text: string | null): KeySettings {
  if (text === null) return usualKeys;
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return usualKeys;
  }
  if (typeof said !== "object" || said === null) return usualKeys;
  const { singleKeys, changed } = said as { singleKeys?: unknown; changed?: unknown };
  const kept: [string, string | null][] = [];
  if (typeof changed === "object" && changed !== null) {
    for (const [id, keys] of Object.entries(changed)) {
      if (id !== "__proto__" && (keys === null || (typeof keys === "string" && keys.length <= 40)))
        kept.push([id, keys]);
    }
  }
  return { singleKeys: singleKeys !== false, changed: Object.fromEntries(kept) };
}

const place = (agentId: string) => `hubbub.keys.${agentId}`;
const listeners = new Set<() => void>();
let owner = "";
let settings: KeySettings = usualKeys;

function tell(): void {
  for (const listener of listeners) listener();
}

/** Loads the keys of the agent who signed in: as the server keeps them, else as this machine does. */
export function loadKeySettings(agentId: string, kept?: KeySettings): void {
  owner = agentId;
  try {
    settings = kept ?? readKeySettings(localStorage.getItem(place(agentId)));
  } catch {
    settings = usualKeys;
  }
  tell();
}

export function changeKeySettings(next: KeySettings): void {
  settings = next;
  try {
    localStorage.setItem(place(owner), JSON.stringify(next));
  } catch {
    // Without storage the change lasts as long as the page.
  }
  tell();
  // Where this cannot be kept now, this machine has it all the same.
  void api.put("/api/preferences", { keys: next }, { commandId: newId() }).catch(() => undefined);
}

export const keySettings = (): KeySettings => settings;

export function onKeySettings(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
