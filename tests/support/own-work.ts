/**
 * Milliseconds this thread itself has worked so far. Differences say what a calculation costs, however busy the machine is with
 * something else; the clock on the wall says both.
 */
export function ownWork(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
