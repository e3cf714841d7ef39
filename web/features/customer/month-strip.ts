export type Month = { month: string; public: number; private: number };

/** The last twelve months up to `now`, oldest first, each with what was said in it. `month` is "2026-11". */
export function twelveMonths(months: readonly Month[], now: number): Month[] {
  const known = new Map(months.map((month) => [month.month.slice(0, 7), month]));
  const today = new Date(now);
  return Array.from({ length: 12 }, (_, back) => {
    const at = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 11 + back, 1));
    const month = at.toISOString().slice(0, 7);
    const found = known.get(month);
    return { month, public: found?.public ?? 0, private: found?.private ?? 0 };
  });
}
