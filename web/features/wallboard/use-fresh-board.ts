import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useLive } from "../../shared/live/use-live.ts";
import { BOARD } from "./wallboard-query.ts";

/** In a peak something moves many times a second; the board is fetched again at most this often. */
const EVERY = 2_000;

/** Keeps the board fresh by the one live stream. */
export function useFreshBoard(): void {
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

  useLive(["work", "offer", "presence", "people", "reply", "setting"], () => {
    if (waiting.current !== null) return;
    waiting.current = setTimeout(
      () => {
        waiting.current = null;
        last.current = performance.now();
        void client.invalidateQueries({ queryKey: [BOARD] });
      },
      Math.max(250, last.current + EVERY - performance.now()),
    );
  });
}
