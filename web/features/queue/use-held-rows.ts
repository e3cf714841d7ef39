import { useEffect, useRef, useState } from "react";
import type { WorkRow } from "#contracts/desk";
import { type HeldRows, type Holding, holdRows } from "./hold-rows.ts";

/** The rows as they may be shown now, and how to let the new ones in. */
export function useHeldRows(latest: readonly WorkRow[], holding: Holding): HeldRows & { showNew: () => void } {
  const shown = useRef<readonly WorkRow[]>([]);
  const [, setTurn] = useState(0);
  const result = holdRows(shown.current, latest, holding);

  useEffect(() => {
    shown.current = result.rows;
  });

  function showNew(): void {
    shown.current = latest;
    setTurn((turn) => turn + 1);
  }
  return { ...result, showNew };
}
