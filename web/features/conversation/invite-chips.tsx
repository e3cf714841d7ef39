import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { InviteView } from "#contracts/invites";
import { invitesQuery } from "../../shared/api/invites-query.ts";
import { useTimeWords } from "../../shared/time/format.ts";
import { Chip } from "../../shared/ui/chip.tsx";
import css from "./entries.module.css";

type ChipsProps = { conversationId: string; messageId: string };

/** Under our public reply (the composer asks for what is shown here): who was invited where, and what became of it. Under what came back: that an invite vouches for it. */
export default function InviteChips({ conversationId, messageId }: ChipsProps) {
  const { t } = useLingui();
  const invites = useQuery({ ...invitesQuery(conversationId), enabled: false }).data?.invites ?? [];
  const sent = invites.filter((one) => one.sentMessageId === messageId);
  const back = invites.find((one) => one.returnedMessageId === messageId);
  const why = useProofWords();
  if (sent.length === 0 && !back) return null;
  return (
    <p className={css.invites}>
      {sent.map((one) => (
        <InviteChip key={one.id} invite={one} />
      ))}
      {back ? <Chip look="private" icon="shield" title={why(back)}>{t`verified by invite`}</Chip> : null}
    </p>
  );
}

function InviteChip({ invite }: { invite: InviteView }) {
  const { t } = useLingui();
  const words = useTimeWords();
  const place = usePlaceWords();
  const { agent, returnedBy, refused } = invite;
  const where = place(invite.destination);
  const story = [t`Invited to ${where} by ${agent.name}`];
  if (invite.openedAt !== null) story.push(t`opened`);
  if (returnedBy !== null)
    story.push(returnedBy === invite.destination ? t`came back` : t`came back by ${place(returnedBy)}`);
  else if (invite.endedWhy === "withdrawn") story.push(t`taken back`);
  else if (invite.state === "ended") story.push(t`did not come`);
  if (refused > 0) story.push(t`somebody else tried the code`);
  const look = returnedBy !== null ? "private" : invite.state === "ended" ? "plain" : "dashed";
  return (
    <Chip look={look} icon="lock" title={t`Until ${words.exact(invite.expiresAt)}`}>
      {story.join(" · ")}
    </Chip>
  );
}

function usePlaceWords(): (destination: InviteView["destination"]) => string {
  const { t } = useLingui();
  return (destination) =>
    ({ dm: t`DM`, email: t`e-mail`, chat: t`chat`, callback: t`a call-back`, call: t`a call` })[destination];
}

function useProofWords(): (invite: InviteView) => string {
  const { t } = useLingui();
  return ({ proof }) => {
    if (proof === "invited-handle") return t`The code came from the very handle that was invited.`;
    if (proof === "other-network")
      return t`The first in private on another network to say the code. It stood in public: look twice before you tell secrets.`;
    return t`An agent heard the code.`;
  };
}
