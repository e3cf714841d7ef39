import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "../../shared/api/api.ts";
import { type PaletteHit, paletteSources } from "../../shared/palette/sources.ts";
import type { Item, Section } from "./palette-items.ts";

/** Somebody who types on is not asked about each letter. */
const REST = 120;

/** The conversation of a number, as a line of its own; one that is not there says so. */
export function useNumber(number: string | null, open: (conversationId: string) => void): Item | null {
  const { t } = useLingui();
  const { data, isError } = useQuery({
    queryKey: ["conversation", "number", number],
    queryFn: ({ signal }) =>
      api.get<{ id: string; number: string; subject: string; customer: string }>(
        `/api/desk/numbers/${encodeURIComponent(number ?? "")}`,
        undefined,
        signal,
      ),
    enabled: number !== null,
    retry: false,
    staleTime: 10_000,
  });
  if (number === null) return null;
  const line = { id: `number ${number}`, heading: t`Go to`, icon: "inbox" as const };
  if (isError)
    return { ...line, label: number, refused: t`There is no conversation ${number} that you may see.`, run() {} };
  if (!data) return { ...line, label: number, refused: t`Looking …`, run() {} };
  const subject = data.subject || t`Without a subject`;
  return { ...line, label: `${data.number}: ${subject}`, end: data.customer, run: () => open(data.id) };
}

/** What others find as one types: each source under its heading, as it comes. */
export function useFound(typed: string): Section[] {
  const [found, setFound] = useState<ReadonlyMap<string, { heading: string; hits: readonly PaletteHit[] }>>(new Map());
  const text = typed.trim();
  useEffect(() => {
    const asked = new AbortController();
    const timer = setTimeout(() => {
      for (const source of paletteSources()) {
        const put = (hits: readonly PaletteHit[]) => {
          if (asked.signal.aborted) return;
          setFound((before) => new Map(before).set(source.id, { heading: source.heading, hits }));
        };
        if (text.length < source.least) put([]);
        // What cannot be asked now finds nothing; the acts are there all the same.
        else source.find(text, asked.signal).then(put, () => put([]));
      }
    }, REST);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
  }, [text]);
  return [...found.values()]
    .filter((one) => one.hits.length > 0)
    .map(({ heading, hits }) => ({ heading, items: hits.map((hit) => ({ ...hit, heading, at: hit.at ?? [] })) }));
}
