let offset = 0;

/** Differences up to this are the second's grain of the Date header and the way of the answer, not a wrong clock. */
const GRAIN = 3_000;

/** How far this machine's clock is behind the server's, ms, from one answer's Date header and the moments around it. */
export function clockOffset(header: string | null, sentAt: number, receivedAt: number): number | null {
  const served = header === null ? Number.NaN : Date.parse(header);
  if (Number.isNaN(served) || receivedAt < sentAt) return null;
  const difference = served - (sentAt + receivedAt) / 2;
  return Math.abs(difference) <= GRAIN ? 0 : difference;
}

export function noteServerDate(header: string | null, sentAt: number, receivedAt: number): void {
  const found = clockOffset(header, sentAt, receivedAt);
  if (found !== null) offset = found;
}

export function serverOffset(): number {
  return offset;
}
