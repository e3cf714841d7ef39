/** Takes the notices away that this desk's worker shows: who signs out leaves none behind. What a browser refuses stays. */
export async function closeShown(
  container: Pick<ServiceWorkerContainer, "getRegistration"> | undefined,
): Promise<void> {
  try {
    const registration = await container?.getRegistration();
    for (const notice of (await registration?.getNotifications()) ?? []) notice.close();
  } catch {
    // Without notices allowed there are none.
  }
}
