import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { onSignedOut } from "../shared/api/api.ts";
import { createQueryClient } from "../shared/api/query-client.ts";
import { languages, pickLanguage, showLanguage, startLanguage } from "../shared/look/language.ts";
import { currentLook } from "../shared/look/look.ts";
import { forgetSession } from "../shared/session/session.ts";
import { buildRouter } from "./router.tsx";
import { safeReturn } from "./safe-return.ts";
import "../shared/styles/fonts.css";
import "../shared/styles/tokens.css";
import "../shared/styles/base.css";

startLanguage();
const queryClient = createQueryClient();
const router = buildRouter(queryClient);

// The session ended while the page was open: what was fetched is forgotten, the place is kept.
onSignedOut(() => {
  const { pathname, href } = router.state.location;
  if (pathname.startsWith("/sign-in") || !queryClient.getQueryData(["session"])) return;
  void router.navigate({ to: "/sign-in", search: { next: safeReturn(href) } }).then(() => forgetSession(queryClient));
});

function draw(): void {
  createRoot(document.getElementById("hubbub")!).render(
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </I18nProvider>
    </StrictMode>,
  );
}

// Before anybody has signed in it speaks as it last did here, or as the browser does. English stands in the page and waits for nothing.
const first = pickLanguage([currentLook().locale, ...navigator.languages], Object.keys(languages));
if (first === "en") draw();
else
  void showLanguage(first)
    .catch(() => undefined)
    .finally(draw);
