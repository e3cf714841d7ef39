import { presentMoment } from "../../shared/time/clock.ts";
import { Avatar } from "../../shared/ui/avatar.tsx";
import { ChannelMark } from "../../shared/ui/channel-mark.tsx";
import { Chip, type ChipLook, Tag } from "../../shared/ui/chip.tsx";
import { Deadline } from "../../shared/ui/deadline.tsx";
import { Icon } from "../../shared/ui/icon.tsx";
import { type IconName, iconShapes } from "../../shared/ui/icon-shapes.tsx";
import { KeyHint } from "../../shared/ui/key-hint.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import css from "./book.module.css";
import { Sample } from "./sample.tsx";

const MINUTE = 60_000;
const opened = presentMoment();
const networks = ["playground", "mastodon", "bluesky", "x", "email", "whatsapp", "webchat", "call", "somewhere new"];
const chips: [ChipLook, string][] = [
  ["plain", "Billing 3, you have 4"],
  ["public", "Public"],
  ["private", "Private"],
  ["note", "Only the team"],
  ["soon", "1 promise missed"],
  ["late", "Not published"],
  ["good", "First reply 11 min of 15"],
  ["info", "matched: outage"],
  ["risk", "Reach 41,000"],
  ["risk-middling", "legal"],
  ["dashed", "your reply answers this"],
];

export function MarksSection() {
  return (
    <>
      <Sample name="Channel marks" note="shape and hue: who reads; sign: which network">
        <div className={css.flow}>
          {networks.map((network) => (
            <ChannelMark key={network} network={network} audience="public" />
          ))}
        </div>
        <div className={css.flow}>
          {networks.map((network) => (
            <ChannelMark key={network} network={network} audience="private" />
          ))}
          <ChannelMark network="note" audience="note" />
          <ChannelMark network="mastodon" audience="public" size="small" />
          <ChannelMark network="mastodon" audience="private" size="small" />
        </div>
      </Sample>
      <Sample name="Deadlines" note="grey in time, amber near, red late">
        <div className={css.flow}>
          <Deadline dueAt={opened + 38 * MINUTE} target={60 * MINUTE} />
          <Deadline dueAt={opened + 130 * MINUTE} target={240 * MINUTE} />
          <Deadline dueAt={opened + 4 * 1440 * MINUTE} target={6 * 1440 * MINUTE} />
          <Deadline dueAt={opened + 6 * MINUTE + 20_000} target={15 * MINUTE} suffix="to first reply" />
          <Deadline dueAt={opened - 4 * MINUTE - 12_000} target={15 * MINUTE} />
          <Deadline dueAt={opened - 130 * MINUTE} target={15 * MINUTE} />
          <Deadline dueAt={null} paused />
          <Deadline dueAt={opened} live />
        </div>
      </Sample>
      <Sample name="Chips and tags">
        <div className={css.flow}>
          {chips.map(([look, words]) => (
            <Chip key={look} look={look} {...(look === "public" ? { icon: "globe" as const } : {})}>
              {words}
            </Chip>
          ))}
          <Tag title="Fourth burst">4th</Tag>
          <Tag>cy</Tag>
          <Tag risk>viral</Tag>
        </div>
      </Sample>
      <Sample name="People" note="round; we are square; yellow ring: writes now">
        <div className={css.flow}>
          <Avatar name="Ines Rocha" size="large" />
          <Avatar name="Ines Rocha" />
          <Avatar name="@gutterpress_ed" size="small" />
          <Avatar name="ليلى حداد" />
          <Avatar name="Dana Okafor" size="small" writing label="Dana writes a note" />
          <Avatar name="Northwind" us />
          <Avatar name="Northwind" us size="small" />
        </div>
      </Sample>
      <Sample name="Moments and keys">
        <div className={css.flow}>
          <Moment at={opened} />
          <Moment at={opened - 2 * 1440 * MINUTE} />
          <Moment at={opened - 40 * 1440 * MINUTE} />
          <KeyHint keys="t" />
          <KeyHint keys="mod+shift+enter" />
          <KeyHint keys="g d" />
        </div>
      </Sample>
      <Sample name="Icons">
        <div className={css.icons}>
          {(Object.keys(iconShapes) as IconName[]).map((name) => (
            <span key={name} title={name}>
              <Icon name={name} size="large" />
            </span>
          ))}
        </div>
      </Sample>
    </>
  );
}
