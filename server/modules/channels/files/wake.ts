/** Workers of this process; a file that came in here is looked at once, on other nodes within a second. */
const wakers = new Set<() => void>();

export function onFileWork(wake: () => void): () => void {
  wakers.add(wake);
  return () => wakers.delete(wake);
}

export function wakeFiles(): void {
  for (const wake of wakers) wake();
}
