/** `renotify`: what has the tag of one that is still shown is told anew, not put in its place unsaid. */
export type Shown = { title: string; body: string; tag: string; url: string; silent: boolean; renotify: boolean };

/** Whether the browser shows notices of the system for this page. */
export const mayNotify = (): boolean => "Notification" in globalThis && Notification.permission === "granted";

/** Shows one; the desk's worker does where it is installed, for phones let no page do it itself. */
export async function showNotice(notice: Shown, open: (url: string) => void): Promise<void> {
  const { title, url, ...rest } = notice;
  const options = { ...rest, icon: "/icons/hubbub-192.png", badge: "/icons/badge-96.png", data: { url } };
  const worker = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  if (worker?.active) return worker.showNotification(title, options);
  const shown = new Notification(title, options);
  shown.onclick = () => {
    window.focus();
    shown.close();
    open(url);
  };
}
