/** Outboxes of this process; a delivery enqueued here is looked at at once, on other nodes within a second. */
const wakers = new Set<() => void>();

export function onOutboxWork(wake: () => void): () => void {
  wakers.add(wake);
  return () => wakers.delete(wake);
}

export function wakeOutbox(): void {
  for (const wake of wakers) wake();
}
