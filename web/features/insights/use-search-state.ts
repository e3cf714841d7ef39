import { useNavigate, useSearch } from "@tanstack/react-router";

/** What the page shows stands in its address, so that a figure can be sent to a colleague and the back key works. */
export function useSearchState(): [
  Record<string, string | undefined>,
  (change: Record<string, string | undefined>) => void,
] {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const texts = Object.fromEntries(
    Object.entries(search).map(([name, value]) => [name, value === undefined ? undefined : String(value)]),
  );
  return [
    texts,
    (change) => void navigate({ to: ".", search: ((old: object) => ({ ...old, ...change })) as never, replace: true }),
  ];
}
