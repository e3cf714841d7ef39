import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useLive } from "../../shared/live/use-live.ts";
import { FIGURES } from "./figures-query.ts";

/** Figures move with every message; they are fetched again at most this often. */
const EVERY = 10_000;

/** Keeps the figures and rows on the screen fresh while the live stream says that they moved. */
export function useFreshFigures(): void {
  const client = useQueryClient();
  const last = useRef(Number.NEGATIVE_INFINITY);
  const waiting = useRef<ReturnType<typeof setTimeout> | null>(null);

  useEffect(
    () => () => {
      if (waiting.current !== null) clearTimeout(waiting.current);
      waiting.current = null;
    },
    [],
  );

  useLive(["figures"], () => {
    if (waiting.current !== null) return;
    waiting.current = setTimeout(
      () => {
        waiting.current = null;
        last.current = performance.now();
        void client.invalidateQueries({ queryKey: [FIGURES] });
      },
      Math.max(0, last.current + EVERY - performance.now()),
    );
  });
}
