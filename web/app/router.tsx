import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { sessionQuery } from "../shared/session/session.ts";
import { type AreaId, areas } from "./areas.ts";
import { FaultPage, NotFoundPage, OutsideFaultPage, WaitPage } from "./hard-pages.tsx";
import { Inside } from "./inside.tsx";
import { type PageLoader, pages } from "./pages.ts";
import { safeReturn } from "./safe-return.ts";

type Context = { queryClient: QueryClient };

const root = createRootRouteWithContext<Context>()({
  component: Outlet,
  notFoundComponent: NotFoundPage,
  errorComponent: OutsideFaultPage,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>) => ({ next: safeReturn(search.next) }),
  component: lazyRouteComponent(() => import("../features/sign-in/sign-in-page.tsx"), "SignInPage"),
});

/** Everything behind the sign-in. */
const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    if (session === null) throw redirect({ to: "/sign-in", search: { next: safeReturn(location.href) } });
  },
  component: Inside,
  errorComponent: OutsideFaultPage,
});

/** The first page: the desk, or whatever area there is. */
const first = createRoute({
  getParentRoute: () => inside,
  path: "/",
  beforeLoad: () => {
    const area = areas.find((one) => pages[one.id]);
    throw redirect({ to: area?.path ?? "/book" });
  },
});

const book = createRoute({
  getParentRoute: () => inside,
  path: "/book",
  beforeLoad: async ({ context }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    if (!session?.demo && !import.meta.env.DEV) throw redirect({ to: "/" });
  },
  component: lazyRouteComponent(
    () => import("../features/component-book/component-book-page.tsx"),
    "ComponentBookPage",
  ),
});

/** One customer, with everything on one line of time. */
const customer = createRoute({
  getParentRoute: () => inside,
  path: "/customers/$customerId",
  component: lazyRouteComponent(() => import("./customers/customer-route.tsx"), "default"),
});

/** Every key, and the agent's own. */
const keys = createRoute({
  getParentRoute: () => inside,
  path: "/keys",
  component: lazyRouteComponent(() => import("./keys/keys-page.tsx"), "default"),
});

/** What each agent sets for the own work. */
const settings = createRoute({
  getParentRoute: () => inside,
  path: "/settings",
  component: lazyRouteComponent(() => import("../features/settings/settings-page.tsx"), "default"),
});

/** Everything that may be read, by its words. */
const search = createRoute({
  getParentRoute: () => inside,
  path: "/search",
  component: lazyRouteComponent(() => import("../features/search/search-page.tsx"), "default"),
});

/** From nothing to a channel that works. */
const connectChannel = createRoute({
  getParentRoute: () => inside,
  path: "/channels/connect",
  component: lazyRouteComponent(() => import("../features/channels/connect/connect-page.tsx"), "default"),
});

/** What a chat on the company's own site looks like, says and shows. */
const setUpChat = createRoute({
  getParentRoute: () => inside,
  path: "/channels/$channelId/chat",
  component: lazyRouteComponent(() => import("../features/channels/chat/chat-page.tsx"), "default"),
});

/** `path` as an area's own address, with a parameter below it where one thing can be open: /desk/$conversationId. */
function areaRoutes(id: AreaId, load: PageLoader) {
  const area = areas.find((one) => one.id === id)!;
  const component = lazyRouteComponent(load, "default");
  const paths = id === "desk" ? [area.path, `${area.path}/$conversationId`] : [area.path];
  return paths.map((path) => createRoute({ getParentRoute: () => inside, path, component }));
}

const areaPages = areas.flatMap((area) => {
  const load = pages[area.id];
  return load ? areaRoutes(area.id, load) : [];
});

export function buildRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([
      signIn,
      inside.addChildren([first, book, keys, settings, search, customer, connectChannel, setUpChat, ...areaPages]),
    ]),
    context: { queryClient },
    defaultPreload: "intent",
    defaultPendingMs: 300,
    defaultPendingComponent: WaitPage,
    defaultErrorComponent: FaultPage,
    scrollRestoration: true,
  });
}
