import { useLingui } from "@lingui/react/macro";
import type { CustomerPage } from "#contracts/customer-page";
import { Icon } from "../../../shared/ui/icon.tsx";
import { networkSign } from "../../../shared/ui/network-sign.ts";
import css from "./customer-page.module.css";

/** On which networks they speak, and how we know that it is they. */
export function HandleList({ handles }: { handles: CustomerPage["handles"] }) {
  const { t } = useLingui();
  return (
    <section>
      <h3>
        {t`Handles`} <span className="mute num">{handles.length}</span>
      </h3>
      <ul className={css.handles}>
        {handles.map((one) => {
          const sign = networkSign(one.network);
          const safe = one.profileUrl !== null && /^https?:\/\//i.test(one.profileUrl);
          return (
            <li key={one.id} className={css.handle}>
              <Icon name={sign.icon} label={sign.name} />
              <span className={css.handleWords}>
                {safe ? (
                  <a className="strong" href={one.profileUrl!} target="_blank" rel="noopener noreferrer">
                    <bdi>{one.handle || one.name}</bdi>
                  </a>
                ) : (
                  <bdi className="strong">{one.handle || one.name}</bdi>
                )}
                <span className="micro mute">{one.evidence}</span>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
