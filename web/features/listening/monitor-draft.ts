import type { Monitor, MonitorBody } from "./monitors-query.ts";

/** A monitor as it stands in the form. */
export interface MonitorDraft {
  name: string;
  query: string;
  brandId: string | null;
  accents: "fold" | "keep";
  /** Codes parted by commas or blanks; none: any language. */
  languages: string;
  colour: Monitor["colour"];
  tag: string;
  on: boolean;
}

export function newDraft(brandId: string | null): MonitorDraft {
  return { name: "", query: "", brandId, accents: "fold", languages: "", colour: "blue", tag: "", on: true };
}

type Kept = Pick<Monitor, "name" | "query" | "brandId" | "accents" | "languages" | "colour" | "tag" | "on">;

export function draftOf(monitor: Kept): MonitorDraft {
  const { name, query, brandId, accents, colour, tag, on } = monitor;
  return { name, query, brandId, accents, colour, tag, on, languages: monitor.languages.join(", ") };
}

export function languagesOf(draft: MonitorDraft): string[] {
  return [...new Set(draft.languages.split(/[\s,;]+/u).filter((code) => code !== ""))];
}

export function bodyOf(draft: MonitorDraft): MonitorBody {
  const { query, brandId, accents, colour, on } = draft;
  return {
    name: draft.name.trim(),
    query,
    brandId,
    accents,
    languages: languagesOf(draft),
    colour,
    tag: draft.tag.trim(),
    on,
  };
}

export function isSame(a: MonitorDraft, b: MonitorDraft): boolean {
  return JSON.stringify(bodyOf(a)) === JSON.stringify(bodyOf(b));
}
