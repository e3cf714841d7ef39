// The desk's only worker. It holds the app shell (the page and the files it starts with, named by the build), so that without a line the
// desk can say so itself; and it shows notices. It keeps no answer of the server and nothing that anybody wrote.
const VERSION = "%VERSION%";
const SHELL = ["%SHELL%"];
const NAME = `hubbub-shell-${VERSION}`;

self.addEventListener("install", (event) => {
  // The new one waits until the reader asks for it (or until no desk is open any more).
  event.waitUntil(
    caches
      .open(NAME)
      .then((cache) => cache.addAll(["/", ...SHELL].map((path) => new Request(path, { cache: "no-cache" })))),
  );
});
self.addEventListener("activate", (event) => {
  event.waitUntil(
    Promise.all([
      self.registration.navigationPreload?.enable(),
      caches
        .keys()
        .then((all) =>
          Promise.all(
            all.filter((one) => one.startsWith("hubbub-shell-") && one !== NAME).map((one) => caches.delete(one)),
          ),
        ),
    ]),
  );
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    // What the server itself draws (documents, customers' pages) has no shell.
    if (/^\/(api|hooks|assets|metrics|healthz|widget|chat)(\/|$)/.test(url.pathname)) return;
    event.respondWith(
      Promise.resolve(event.preloadResponse)
        .then((loaded) => loaded ?? fetch(request))
        .catch(() => caches.match("/", { cacheName: NAME }).then((page) => page ?? Response.error())),
    );
  } else if (SHELL.includes(url.pathname)) {
    event.respondWith(caches.match(url.pathname, { cacheName: NAME }).then((kept) => kept ?? fetch(request)));
  }
});
self.addEventListener("message", (event) => {
  if (event.data === "take-over") self.skipWaiting();
});

const USUAL = { title: "Hubbub", body: "Somebody asks for you.", tag: "hubbub", url: "/escalations" };
self.addEventListener("push", (event) => {
  let page = USUAL;
  try {
    page = { ...page, ...event.data.json() };
  } catch {
    // Without readable words it still says that somebody asks.
  }
  event.waitUntil(
    isHere(page.for).then((here) =>
      self.registration.showNotification(String(page.title), {
        // Customers' words are for whoever is signed in, not for who stands before the machine.
        body: here ? String(page.body) : USUAL.body,
        tag: String(page.tag),
        renotify: true,
        requireInteraction: true,
        icon: "/icons/hubbub-192.png",
        badge: "/icons/badge-96.png",
        data: { url: String(page.url) },
      }),
    ),
  );
});
/** Whether this agent is signed in with this browser; what cannot be known in time is a no. */
async function isHere(agentId) {
  try {
    const answer = await fetch("/api/session", { credentials: "same-origin", signal: AbortSignal.timeout(4_000) });
    return answer.ok && (await answer.json()).agent.id === agentId;
  } catch {
    return false;
  }
}
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data?.url ?? "/", self.location.origin);
  if (url.origin !== self.location.origin) return;
  event.waitUntil(
    self.clients.matchAll({ type: "window", includeUncontrolled: true }).then(async (open) => {
      const desks = open.filter(
        (one) => !/^\/(api|chat|widget|sign-in|page|blobs|demo)(\/|$)/.test(new URL(one.url).pathname),
      );
      const desk = desks.find((one) => one.visibilityState === "visible") ?? desks[0];
      if (!desk) return self.clients.openWindow(url.href);
      // An open desk goes there by itself: loading it anew would take what stands in it away.
      const shown = await desk.focus();
      shown.postMessage({ open: url.pathname + url.search });
    }),
  );
});
