import { useLingui } from "@lingui/react/macro";
import css from "./channel-mark.module.css";
import { Icon } from "./icon.tsx";
import { type Audience, networkSign } from "./network-sign.ts";

type ChannelMarkProps = {
  /** The network's id as the server names it: "playground", "mastodon", "email" … */
  network: string;
  audience: Audience;
  size?: "small" | "regular";
  /** Where the words stand beside the mark already. */
  hidden?: boolean;
};

/** Glyph = which network; shape and hue = who can read. Square violet public, round teal private, dashed yellow note. */
export function ChannelMark({ network, audience, size = "regular", hidden = false }: ChannelMarkProps) {
  const { t } = useLingui();
  const sign = networkSign(network);
  const who = { public: t`public`, private: t`private`, note: t`only the team` }[audience];
  const name = `${sign.name}, ${who}`;
  const classes = `${css.mark} ${css[audience]} ${size === "small" ? css.small : ""}`;
  const spoken = hidden ? { "aria-hidden": true } : { role: "img", "aria-label": name, title: name };
  return (
    <span className={classes} {...spoken}>
      <Icon name={sign.icon} className={css.sign} />
    </span>
  );
}
