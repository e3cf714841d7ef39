import { expect, it } from "vitest";
import { Problem, type ProblemKind } from "../../shared/api/problem.ts";
import { isSaid, onSaid, saysProblem } from "../../shared/api/said-problems.ts";
import { unreadOf } from "./unread.ts";

const problem = (kind: ProblemKind) =>
  new Problem({ kind, type: "about:blank", title: "It broke.", status: 500, code: "internal" });
const read = (error: unknown, active = true) => ({ isActive: () => active, state: { error } as never });

it.each<[string, ReturnType<typeof read>, boolean]>([
  ["that broke", read(problem("failed")), true],
  ["that is well", read(null), false],
  ["that nobody looks at", read(problem("failed"), false), false],
  ["that was refused", read(problem("refused")), false],
  ["that the line did not bring", read(problem("offline")), false],
  ["whose page has a fault", read(new Error("x is undefined")), false],
])("a read %s", (_what, one, unread) => {
  expect(unreadOf([one]).length).toBe(unread ? 1 : 0);
});

it("what stands on the screen in words is said no second time, until its last place is gone", () => {
  const broke = problem("failed");
  let told = 0;
  const stop = onSaid(() => told++);
  const takeBack = [saysProblem(broke), saysProblem(broke)];
  expect(unreadOf([read(broke)])).toEqual([]);
  takeBack[0]!();
  expect(isSaid(broke)).toBe(true);
  takeBack[1]!();
  expect(unreadOf([read(broke)])).toMatchObject([{ problem: broke }]);
  expect(told).toBe(4);
  stop();
  saysProblem(broke)();
  expect(told).toBe(4);
});
