import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type RefObject, useEffect, useState } from "react";
import type { VoiceOfConversation } from "#contracts/voice";
import type { HouseVoice, VoiceFinding } from "#shared/voice/check";
import { api } from "../../../shared/api/api.ts";
import { useKeys } from "../../../shared/keys/use-keys.ts";
import { useLists } from "../../../shared/text/use-lists.ts";
import { announce } from "../../../shared/ui/announcer.tsx";
import { Button, LinkButton } from "../../../shared/ui/button.tsx";
import { Icon } from "../../../shared/ui/icon.tsx";
import { loadChecks } from "../../../shared/voice/load-checks.ts";
import type { VoiceState } from "./found.ts";
import { GuideCard } from "./guide-card.tsx";
import { SendAnyway } from "./send-anyway.tsx";
import { isHeld, ofVoice, stateOf } from "./state-of.ts";
import { useVoiceWords } from "./use-voice-words.ts";
import css from "./voice.module.css";

type VoicePanelProps = {
  conversationId: string;
  audience: "public" | "private";
  network: string;
  text: string;
  answered: string;
  field: RefObject<HTMLTextAreaElement | null>;
  onFound: (state: VoiceState) => void;
  /** The looks of the hints below the text, which are the composer's. */
  composer: Readonly<Record<string, string>>;
  /** Null where there is nothing to send now. */
  onAnyway: ((reason: string) => void) | null;
};

/** Typing goes on meanwhile: the checks wait for a short rest. */
const REST_MS = 200;
const MOST_SHOWN = 4;
const NOTHING = stateOf("", []);
const unchecked: HouseVoice["disclosure"] = {
  who: "nobody",
  mark: "",
  company: false,
  where: "end",
  alsoPrivate: false,
};

/** What a person of this company would not send, pointed at in the words; and how the brand speaks here, beside the text. */
export default function VoicePanel(props: VoicePanelProps) {
  const { conversationId, audience, network, text, answered, field, onFound, composer, onAnyway } = props;
  const { t } = useLingui();
  const { quote } = useLists();
  const words = useVoiceWords();
  const [open, setOpen] = useState(false);
  const [all, setAll] = useState(false);
  const [seen, setSeen] = useState<{ text: string; found: readonly VoiceFinding[] }>({ text: "", found: [] });
  const blank = text.trim().length < 3;
  const { data } = useQuery({
    queryKey: ["voice", conversationId],
    queryFn: ({ signal }) =>
      api.get<VoiceOfConversation>(`/api/desk/conversations/${conversationId}/voice`, undefined, signal),
    enabled: open || !blank,
    staleTime: 60_000,
    retry: false,
  });
  useEffect(() => {
    if (blank || !data) {
      setSeen({ text, found: [] });
      onFound(NOTHING);
      return;
    }
    let gone = false;
    const timer = setTimeout(async () => {
      // Forty kilobytes that nobody needs who only reads.
      // Without the line they do not come: the next words ask again, and the server looks at what is sent in any case.
      const checks = await loadChecks().catch(() => null);
      if (gone || !checks) return;
      const draft = {
        text,
        public: audience === "public",
        agent: { name: "", initials: "" },
        post: `${data.post}\n${answered}`,
        facts: data.facts,
        recent: data.recent,
      };
      const avoid = (data.guide?.avoid ?? []).map((one) => ({ words: one, rule: "tone" as const }));
      const found = checks(draft, { limit: null, disclosure: unchecked, avoid }).filter((one) =>
        ofVoice(one, data.facts.length > 0),
      );
      setSeen({ text, found });
      onFound(stateOf(text, found));
    }, REST_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [text, audience, answered, data, blank, onFound]);
  useKeys("screen", [
    {
      id: "write.voice",
      keys: "alt+g",
      label: t`How we speak here`,
      group: t`Write`,
      inText: true,
      run: () => setOpen(!open),
    },
  ]);

  // One line for one thing, however often it stands there; what holds comes first.
  const lines = seen.found
    .filter((one, at) => seen.found.findIndex((other) => other.code === one.code) === at)
    .toSorted((a, b) => Number(isHeld(b)) - Number(isHeld(a)));
  const shown = all ? lines : lines.slice(0, MOST_SHOWN);
  const held = lines.some(isHeld) && seen.text === text;

  function show({ start, end }: VoiceFinding): void {
    field.current?.focus();
    field.current?.setSelectionRange(start, end);
  }
  return (
    <>
      {lines.length > 0 ? (
        <fieldset className={composer.hints} aria-label={t`How it reads`}>
          {shown.map((one) => (
            <div
              key={one.code}
              className={`${composer.hint} ${isHeld(one) ? composer.stops : composer.warns} ${css.line}`}
            >
              <Icon name={one.rule === "privacy" ? "lock" : "pen"} />
              <span className={composer.hintLabel}>{words.rule[one.rule]}</span>
              <span className="grow">
                <LinkButton className={css.quote} onClick={() => show(one)} title={t`Show it in the text`}>
                  <bdi>{quote(quoted(seen.text, one))}</bdi>
                </LinkButton>{" "}
                {words.why[one.code]}
              </span>
            </div>
          ))}
          {lines.length > shown.length ? (
            <LinkButton onClick={() => setAll(true)}>
              {plural(lines.length - shown.length, { one: "# more", other: "# more" })}
            </LinkButton>
          ) : null}
          {held && data ? <SendAnyway allowed={data.pass === "with-reason"} onAnyway={onAnyway} /> : null}
        </fieldset>
      ) : null}
      <div className={css.bar}>
        <Button
          look="bare"
          size="small"
          icon="book"
          keys="alt+g"
          aria-expanded={open}
          onClick={() => {
            setOpen(!open);
            if (!open) announce(t`How we speak here is open.`);
          }}
        >
          {t`How we speak here`}
        </Button>
      </div>
      {open ? <GuideCard network={network} voice={data ?? null} /> : null}
    </>
  );
}

/** A finding about more than a few words is quoted by its beginning. */
function quoted(text: string, { start, end }: VoiceFinding): string {
  const words = text.slice(start, end).replaceAll(/\s+/gu, " ").trim();
  return words.length > 42 ? `${words.slice(0, 40).trimEnd()}…` : words;
}
