/** Colleagues begin to help when more than this is in nobody's hands, and rest again at the half of it. */
const TOO_MUCH = 14;

/**
 * Whether the simulated colleagues take work: what waits is for whoever tries the desk, unless it overflows. Counts what is in
 * nobody's hands; what waits for a customer would keep them busy for ever. `helping` is null before the first look.
 */
export function shouldHelp(waiting: number, helping: boolean | null): boolean {
  return waiting > TOO_MUCH || (helping === true && waiting > TOO_MUCH / 2);
}
