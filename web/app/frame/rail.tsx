import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Icon } from "../../shared/ui/icon.tsx";
import { Popover } from "../../shared/ui/popover.tsx";
import { VisuallyHidden } from "../../shared/ui/visually-hidden.tsx";
import type { Area } from "../areas.ts";
import css from "./rail.module.css";

/** How much waits in the areas that count it. */
type Counts = { late: number; toPass: number; forMe: number };
type RailProps = Counts & { areas: readonly Area[]; current: Area | null };

/** The areas: a rail of signs on a desk, a bar with words at the bottom of a phone, where what has no room opens from "More". */
export function Rail({ areas, current, ...counts }: RailProps) {
  const { t } = useLingui();
  const further = areas.filter((area) => !area.phone);
  return (
    <nav className={css.rail} aria-label={t`Areas`}>
      <Link to="/" className={`${css.place} ${css.logo}`} aria-label={t`Hubbub, first page`}>
        <Icon name="logo" className={css.logoMark} />
      </Link>
      {areas.map((area) => (
        <Place
          key={area.id}
          area={area}
          here={current?.id === area.id}
          counts={counts}
          className={`${css.place} ${area.foot ? css.foot : ""} ${area.phone ? "" : css.notOnPhone}`}
        />
      ))}
      {further.length > 0 ? <More areas={further} current={current} counts={counts} /> : null}
    </nav>
  );
}

type PlaceProps = { area: Area; here: boolean; counts: Counts; className: string; onGo?: () => void };

function Place({ area, here, counts, className, onGo }: PlaceProps) {
  const { i18n } = useLingui();
  const label = i18n._(area.label);
  return (
    <Link
      to={area.path}
      className={className}
      aria-current={here ? "page" : undefined}
      title={label}
      {...(onGo && { onClick: onGo })}
    >
      <Icon name={area.icon} size="large" />
      <span className={css.word}>{label}</span>
      <Count area={area} counts={counts} />
    </Link>
  );
}

function Count({ area, counts: { late, toPass, forMe } }: { area: Area; counts: Counts }) {
  const { t } = useLingui();
  const count = area.id === "desk" ? late : area.id === "approvals" ? toPass : area.id === "for-me" ? forMe : 0;
  if (count === 0) return null;
  return (
    <>
      <span className={css.count} data-count={Math.min(count, 99)} aria-hidden="true" />
      <VisuallyHidden>
        {area.id === "desk"
          ? t`, ${count} of yours late`
          : area.id === "approvals"
            ? t`, ${count} for you to pass`
            : t`, ${count} new`}
      </VisuallyHidden>
    </>
  );
}

type MoreProps = { areas: readonly Area[]; current: Area | null; counts: Counts };

/** On a phone: the rest of the menu in a sheet above the bar. The button is lit while one of its pages is open, and carries their count. */
function More({ areas, current, counts }: MoreProps) {
  const { t } = useLingui();
  const here = areas.some((area) => area.id === current?.id);
  const counted = areas.find((area) => area.id === "for-me");
  return (
    <Popover
      label={t`More areas`}
      placement="top end"
      trigger={
        <button type="button" className={`${css.place} ${css.more}`} aria-current={here ? "true" : undefined}>
          <Icon name="more" size="large" />
          <span className={css.word}>{t`More`}</span>
          {counted ? <Count area={counted} counts={counts} /> : null}
        </button>
      }
    >
      {(close) => (
        <nav className={css.sheet} aria-label={t`More areas`}>
          {areas.map((area) => (
            <Place
              key={area.id}
              area={area}
              here={current?.id === area.id}
              counts={counts}
              className={css.line ?? ""}
              onGo={close}
            />
          ))}
        </nav>
      )}
    </Popover>
  );
}
