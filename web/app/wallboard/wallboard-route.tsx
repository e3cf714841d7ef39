import { WallboardPage } from "../../features/wallboard/wallboard-page.tsx";
import { TopBar } from "../frame/top-bar.tsx";

/** `/wallboard`: how everything stands. */
export default function WallboardRoute() {
  return <WallboardPage bar={(children) => <TopBar>{children}</TopBar>} />;
}
