import type { Query } from "@tanstack/react-query";
import { isProblem, type Problem } from "../../shared/api/problem.ts";
import { isSaid } from "../../shared/api/said-problems.ts";

type Read = Pick<Query, "isActive" | "state">;

/**
 * Of what the screen asks for, the reads that broke and about which no place of the screen says a word: a list beside,
 * names to choose from, what is old because it could not be read again. A refusal is none: what is not open to somebody
 * is simply not there; and that the line is down is said once for all.
 */
export function unreadOf<One extends Read>(reads: readonly One[]): { read: One; problem: Problem }[] {
  return reads.flatMap((read) => {
    const problem: unknown = read.state.error;
    const broke = isProblem(problem) && problem.kind === "failed" && read.isActive() && !isSaid(problem);
    return broke ? [{ read, problem }] : [];
  });
}
