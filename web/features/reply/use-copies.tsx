import { lazy, type ReactNode, Suspense } from "react";
import { type CopyFacts, usualCopies } from "#shared/copies";
import type { WrittenComposer } from "./use-composer.ts";

const Copies = lazy(() => import("./copies.tsx"));

/** Who gets a copy of a mail: everybody whom the answered one went to, unless the agent said to whom. Null where there are no copies. */
export function useCopies(
  id: string,
  { target, copies: said, setCopies }: WrittenComposer,
  facts: CopyFacts | null | undefined,
): { copies: readonly string[]; line: ReactNode } | null {
  if (!facts || !target) return null;
  const usual = usualCopies(target.mail, target.author.handle, facts.own);
  const copies = said ?? usual;
  const line = (
    <Suspense fallback={null}>
      <Copies key={id} to={target.author.handle} {...{ copies, usual, facts }} onCopies={setCopies} />
    </Suspense>
  );
  return { copies, line };
}
