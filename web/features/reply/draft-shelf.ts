import { isEmpty, type LocalDraft, readLocal } from "./draft-merge.ts";

/** What the browser keeps of this origin, for all its windows. */
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/**
 * Drafts on this machine, one place for each conversation. Several windows write there: what another one has written and the server does
 * not have yet is laid aside under its name before it is overwritten, and comes forth when nothing else is unsaved.
 */
export function createDraftShelf(shelf: Shelf, page: string) {
  /** Laid aside by others and taken up here: gone from there as soon as it stands in the place itself. */
  const takenUp = new Map<string, string>();
  const aside = (place: string, by: string) => `${place}|${by}`;

  function other(place: string): { raw: string; by: string; draft: LocalDraft } | null {
    const raw = shelf.getItem(place);
    const draft = readLocal(raw);
    const by = byOf(raw);
    return raw !== null && draft?.dirty && !isEmpty(draft) && by !== "" && by !== page ? { raw, by, draft } : null;
  }

  return {
    read(place: string): LocalDraft | null {
      const main = readLocal(shelf.getItem(place));
      if (main?.dirty && !isEmpty(main)) return main;
      for (let n = 0; n < shelf.length; n++) {
        const name = shelf.key(n) ?? "";
        if (!name.startsWith(`${place}|`)) continue;
        const kept = readLocal(shelf.getItem(name));
        if (!kept || isEmpty(kept) || kept.text === main?.text) continue;
        takenUp.set(place, name);
        return { ...kept, dirty: true };
      }
      return main;
    },
    write(place: string, draft: LocalDraft | null): void {
      const before = other(place);
      const nothing = draft === null || (isEmpty(draft) && draft.base === 0);
      if (before && nothing) {
        // Their words, not mine: they stay.
        shelf.removeItem(aside(place, page));
        return;
      }
      if (before && before.draft.text !== draft?.text) shelf.setItem(aside(place, before.by), before.raw);
      if (nothing) shelf.removeItem(place);
      else shelf.setItem(place, JSON.stringify({ ...draft, by: page }));
      shelf.removeItem(aside(place, page));
      const taken = takenUp.get(place);
      if (taken !== undefined) shelf.removeItem(taken);
      takenUp.delete(place);
    },
  };
}

function byOf(raw: string | null): string {
  try {
    const by = (JSON.parse(raw ?? "null") as { by?: unknown } | null)?.by;
    return typeof by === "string" ? by : "";
  } catch {
    return "";
  }
}
