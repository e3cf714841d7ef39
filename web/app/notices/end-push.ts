/** Signing out waits no longer for it, ms. */
const AT_MOST = 3_000;

/**
 * Who signs out of a browser is asked for there no more: the browser's subscription ends, and `tell` brings its address to the
 * server. What fails is left: nobody is kept from signing out.
 */
export async function endPush(
  container: Pick<ServiceWorkerContainer, "getRegistration"> | undefined,
  tell: (endpoint: string) => Promise<unknown>,
): Promise<void> {
  const all = async () => {
    const registration = await container?.getRegistration();
    const taken = await registration?.pushManager?.getSubscription();
    if (taken) await Promise.allSettled([tell(taken.endpoint), taken.unsubscribe()]);
  };
  await Promise.race([all().catch(() => undefined), new Promise((done) => setTimeout(done, AT_MOST))]);
}
