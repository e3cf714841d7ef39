import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Icon } from "../../shared/ui/icon.tsx";
import { VisuallyHidden } from "../../shared/ui/visually-hidden.tsx";
import type { Area } from "../areas.ts";
import css from "./rail.module.css";

type RailProps = { areas: readonly Area[]; current: Area | null; late: number; toPass: number; forMe: number };

/** The areas: a rail of signs on a desk, a bar with words at the bottom of a phone. */
export function Rail({ areas, current, late, toPass, forMe }: RailProps) {
  const { t, i18n } = useLingui();
  return (
    <nav className={css.rail} aria-label={t`Areas`}>
      <Link to="/" className={`${css.place} ${css.logo}`} aria-label={t`Hubbub, first page`}>
        <Icon name="logo" className={css.logoMark} />
      </Link>
      {areas.map((area) => {
        const label = i18n._(area.label);
        const count = area.id === "desk" ? late : area.id === "approvals" ? toPass : area.id === "for-me" ? forMe : 0;
        return (
          <Link
            key={area.id}
            to={area.path}
            className={`${css.place} ${area.foot ? css.foot : ""} ${area.phone ? "" : css.notOnPhone}`}
            aria-current={current?.id === area.id ? "page" : undefined}
            title={label}
          >
            <Icon name={area.icon} size="large" />
            <span className={css.word}>{label}</span>
            {count > 0 ? (
              <>
                <span className={css.count} data-count={Math.min(count, 99)} />
                <VisuallyHidden>
                  {area.id === "desk"
                    ? t`, ${count} of yours late`
                    : area.id === "approvals"
                      ? t`, ${count} for you to pass`
                      : t`, ${count} new`}
                </VisuallyHidden>
              </>
            ) : null}
          </Link>
        );
      })}
    </nav>
  );
}
