import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ComponentProps, useEffect, useEffectEvent } from "react";
import type { SearchHit, SearchPage } from "#contracts/search";
import Palette from "../../features/palette/palette.tsx";
import { api } from "../../shared/api/api.ts";
import { offerSource, type PaletteHit } from "../../shared/palette/sources.ts";
import { placesOf, typedQuery } from "./palette-hits.ts";

const SHOWN = 5;

/** The palette, with people and posts under the acts. It is loaded when it is first opened, and asks only while it is open. */
export default function PaletteWithSearch(props: ComponentProps<typeof Palette>) {
  const { t } = useLingui();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { open } = props;

  /** The last word is still being written: it is looked for as a beginning. Both sources share the answer. */
  const asked = (text: string) => {
    const q = typedQuery(text);
    return client.fetchQuery({
      queryKey: ["search", "palette", q],
      queryFn: ({ signal }) => api.get<SearchPage>("/api/search", { q, limit: SHOWN }, signal),
      staleTime: 15_000,
      retry: false,
    });
  };
  const people = useEffectEvent(async (text: string): Promise<PaletteHit[]> => {
    const found = await asked(text);
    return found.people.map((person) => ({
      ...{ id: `customer ${person.id}`, label: person.name, at: placesOf(person.name, person.spans) },
      ...{ icon: "people" as const, end: person.handles[0]?.handle ?? "" },
      run: () => void navigate({ to: "/customers/$customerId", params: { customerId: person.id } }),
    }));
  });
  const posts = useEffectEvent(async (text: string): Promise<PaletteHit[]> => {
    const all: PaletteHit = {
      ...{ id: "search all", label: t`Search everything for “${text}”`, icon: "search", end: "/" },
      run: () => void navigate({ to: "/search", search: { q: text } as never }),
    };
    const found = await asked(text).catch(() => null);
    return [...(found ? [...found.own, ...found.items].slice(0, SHOWN).map(postLine) : []), all];
  });
  const postLine = (hit: SearchHit): PaletteHit => {
    const before = hit.customer.name || hit.author;
    const label = `${before}: ${hit.text.replace(/\s/gu, " ")}`;
    const shift = before.length + 2;
    const spans = hit.spans.map(({ at, length }) => ({ at: at + shift, length }));
    return {
      ...{ id: `message ${hit.messageId}`, label, at: placesOf(label, spans), icon: "inbox", end: hit.number },
      run: () => open(hit.conversationId),
    };
  };

  const [who, what] = [t`People`, t`Conversations`];
  useEffect(() => {
    const stops = [
      offerSource({ id: "search people", heading: who, least: 2, find: (text) => people(text) }),
      offerSource({ id: "search posts", heading: what, least: 2, find: (text) => posts(text) }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [who, what]);
  return <Palette {...props} />;
}
