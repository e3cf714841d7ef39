/** Installs the desk's one worker, or finds it installed. Rejects where the browser has none, or does not let us. */
export async function installWorker(): Promise<ServiceWorkerRegistration> {
  if (!("serviceWorker" in navigator)) throw new Error("This browser has no service workers.");
  return navigator.serviceWorker.register("/page-worker.js", { updateViaCache: "none" });
}
