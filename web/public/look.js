// Runs before the first paint, so that an agent who chose dark never sees a white flash. Kept in step with shared/look/look.ts.
(() => {
  try {
    const look = JSON.parse(localStorage.getItem("hubbub.look") || "{}");
    const root = document.documentElement;
    if (look.theme === "light" || look.theme === "dark") root.dataset.theme = look.theme;
    if (look.density === "compact" || look.density === "roomy") root.dataset.density = look.density;
    if (typeof look.locale === "string" && /^[A-Za-z0-9-]{2,20}$/.test(look.locale)) {
      root.lang = look.locale;
      if (/^(ar|he|fa|ur)(-|$)/.test(look.locale)) root.dir = "rtl";
    }
  } catch {
    // A browser without storage shows the system's look.
  }
  // The browser offers once to install the desk; it is taken up where the agent asks for it (features/settings).
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    globalThis.hubbubInstall = event;
  });
})();
