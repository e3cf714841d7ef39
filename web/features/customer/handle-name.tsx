import type { JoinedHandle } from "#contracts/identity";
import { Icon } from "../../shared/ui/icon.tsx";
import { networkSign } from "../../shared/ui/network-sign.ts";
import css from "./handle-name.module.css";

export function NetworkMark({ network }: { network: string }) {
  const sign = networkSign(network);
  return (
    <span className={css.network} role="img" aria-label={sign.name} title={sign.name}>
      <Icon name={sign.icon} />
    </span>
  );
}

/** A handle as the network writes it, with its address where that is a web page. */
export function HandleName({ handle }: { handle: Pick<JoinedHandle, "handle" | "name" | "profileUrl"> }) {
  const { profileUrl } = handle;
  const text = handle.handle || handle.name;
  if (profileUrl !== null && /^https?:\/\//i.test(profileUrl))
    return (
      <a className="clip small strong" href={profileUrl} target="_blank" rel="noopener noreferrer">
        <bdi>{text}</bdi>
      </a>
    );
  return <bdi className="clip small strong">{text}</bdi>;
}
