import { useEffect, useState } from "react";
import type { Problem } from "../../shared/api/problem.ts";

/** Seconds until the server takes another try, counting down from the moment the problem came. */
export function useCountdown(problem: Problem | null): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const until = performance.now() + (problem?.retryAfter ?? 0) * 1_000;
    const step = () => setLeft(Math.max(0, Math.ceil((until - performance.now()) / 1_000)));
    step();
    if (!problem?.retryAfter) return;
    const timer = setInterval(step, 250);
    return () => clearInterval(timer);
  }, [problem]);
  return left;
}
