export type Outcome = { ok: true } | { ok: false; why: string; retryAfterMs: number };

/** One attempt. Redirects are not followed and the answer's body is not read: a subscriber must not lead us anywhere. */
export async function post(
  url: string,
  headers: Record<string, string>,
  body: string,
  timeoutMs: number,
  stop: AbortSignal,
): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers,
      body,
      redirect: "manual",
      signal: AbortSignal.any([stop, AbortSignal.timeout(timeoutMs)]),
    });
    await response.body?.cancel();
    if (response.ok) return { ok: true };
    const seconds = Number(response.headers.get("retry-after") ?? 0);
    const retryAfterMs = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
    return { ok: false, why: `HTTP ${response.status}`, retryAfterMs };
  } catch (error) {
    const { name, message, cause } = error as Error & { cause?: { code?: string } };
    const why = name === "TimeoutError" ? "no answer in time" : (cause?.code ?? message);
    return { ok: false, why: why.slice(0, 200), retryAfterMs: 0 };
  }
}
