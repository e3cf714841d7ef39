/** The part of Web Locks that is used. */
export type Locks = Pick<LockManager, "request">;

export type OneTab = { leads: () => boolean; take: () => void; stop: () => void };

/**
 * Of all tabs of a browser one speaks. The first to ask does, whoever is looked at takes it over, and when that tab closes the next one
 * has it. Without Web Locks every tab leads.
 */
export function oneTab(name: string, locks: Locks | undefined, onChange: (leads: boolean) => void = () => {}): OneTab {
  if (!locks) onChange(true);
  if (!locks) return { leads: () => true, take: () => {}, stop: () => {} };
  const keeper = locks;
  let leading = false;
  let stopped = false;
  let letGo = (): void => {};
  let waiting: AbortController | null = null;

  const hold = (): Promise<void> => {
    if (stopped) return Promise.resolve();
    leading = true;
    waiting = null;
    onChange(true);
    return new Promise((resolve) => {
      letGo = resolve;
    });
  };
  const lost = (): void => {
    leading = false;
    onChange(false);
    if (!stopped && waiting === null) queue();
  };
  function queue(): void {
    const asked = new AbortController();
    waiting = asked;
    keeper.request(name, { signal: asked.signal }, hold).catch(() => {
      if (!asked.signal.aborted) lost();
    });
  }
  queue();
  return {
    leads: () => leading,
    take() {
      if (leading || stopped) return;
      waiting?.abort();
      waiting = null;
      keeper.request(name, { steal: true }, hold).catch(lost);
    },
    stop() {
      stopped = true;
      leading = false;
      waiting?.abort();
      letGo();
    },
  };
}
