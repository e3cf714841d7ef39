/** Search, as the rest of `desk` and its door see it. */
export { searchRoutes } from "./api/search-routes.ts";
export { fillMessages, fillPeople } from "./fill.ts";
export { searchReader } from "./reactions.ts";
