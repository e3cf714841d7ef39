import { installWorker } from "../../shared/look/worker.ts";

/** Why this browser cannot take notices, or null. */
export function pushFault(): "unsupported" | "denied" | null {
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window))
    return "unsupported";
  return Notification.permission === "denied" ? "denied" : null;
}

const bytesOf = (base64url: string) =>
  Uint8Array.from(atob(base64url.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

/** Asks the reader, then the browser's push service. Throws with what went wrong. */
export async function subscribe(publicKey: string): Promise<{
  endpoint: string;
  keys: { p256dh: string; auth: string };
  name: string;
} | null> {
  if ((await Notification.requestPermission()) !== "granted") return null;
  const worker = await installWorker();
  const old = await worker.pushManager.getSubscription();
  // One of another account's key is of no use here.
  await old?.unsubscribe();
  const made = await worker.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytesOf(publicKey),
  });
  const { endpoint, keys } = made.toJSON();
  if (!endpoint || !keys?.p256dh || !keys.auth) return null;
  return { endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth }, name: nameOf(navigator.userAgent) };
}

/** "Firefox on Linux": enough to know one's own browsers apart. */
export function nameOf(agent: string): string {
  const browser = /Firefox|Edg|OPR|Chrome|Safari/.exec(agent)?.[0] ?? "Browser";
  const system = /Android|iPhone|iPad|Windows|Macintosh|Linux/.exec(agent)?.[0] ?? "";
  return `${browser.replace("Edg", "Edge").replace("OPR", "Opera")}${system ? `, ${system}` : ""}`;
}
