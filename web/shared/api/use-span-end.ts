import { useRef } from "react";
import { presentMoment } from "../time/clock.ts";
import type { Problem } from "./problem.ts";

const MINUTE = 60_000;

/**
 * When a span of minutes that begins now is over. Asked again after an outcome that nobody knows, it ends when it did before: the same
 * wish is then the same command, and is done once.
 */
export function useSpanEnd(): (minutes: number, problem: Problem | null) => string {
  const kept = useRef<{ minutes: number; end: string } | null>(null);
  return (minutes, problem) => {
    const maybeDone = problem?.kind === "unknown" || problem?.kind === "offline";
    if (!maybeDone || kept.current?.minutes !== minutes)
      kept.current = { minutes, end: new Date(presentMoment() + minutes * MINUTE).toISOString() };
    return kept.current.end;
  };
}
