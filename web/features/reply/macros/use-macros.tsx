import { useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import { useKeyFor, useKeys } from "../../../shared/keys/use-keys.ts";
import { Button } from "../../../shared/ui/button.tsx";
import type { MacroSlot, MacroThen } from "./macro-slot.ts";

const MacroLine = lazy(() => import("./macro-line.tsx"));

/** Macros at the composer: their line below the text, and what is to be done with the words that leave. */
export function useMacros(slot: MacroSlot) {
  const { t } = useLingui();
  const [picking, setPicking] = useState(false);
  const key = useKeyFor("write.macro", "alt+m");
  // Bound here, not where the line is drawn: that comes later, and a key struck before would be lost.
  useKeys("screen", [
    {
      id: "write.macro",
      keys: "alt+m",
      label: t`Insert a macro …`,
      group: t`Write`,
      inText: true,
      run: () => setPicking(true),
    },
  ]);
  const [then, setThen] = useState<MacroThen | null>(null);
  return {
    line: (
      <Suspense fallback={null}>
        <MacroLine {...slot} {...{ then, setThen, picking, setPicking }} />
      </Suspense>
    ),
    button: (
      <Button
        look="bare"
        icon="bolt"
        iconOnly
        // The foot of a phone is full; there the palette has it.
        className="no-phone"
        aria-label={t`Macros`}
        title={key ? t`Macros, Alt M` : t`Macros`}
        aria-keyshortcuts={key ? "Alt+M" : undefined}
        onClick={() => setPicking(true)}
      />
    ),
    /** Asked once, when the words leave. */
    take(): { outcome: string | null; after?: () => void } {
      setThen(null);
      if (!then || !slot.onThen) return { outcome: null };
      if (then.kind === "resolve") return { outcome: then.outcome };
      return { outcome: null, after: () => slot.onThen?.(then) };
    },
    /** The same for a note, which ends nothing by itself. */
    afterNote(): void {
      setThen(null);
      if (then) slot.onThen?.(then);
    },
  };
}
