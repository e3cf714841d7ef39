import { useLingui } from "@lingui/react/macro";
import { type CSSProperties, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Icon } from "../../../shared/ui/icon.tsx";
import css from "./chat-page.module.css";
import type { Settings } from "./chat-query.ts";
import { wordsFor } from "./words.ts";

type PreviewProps = { chatKey: string; brandName: string; settings: Settings; language: string };
type Look = { colour: string; ink: string };

/** The very window that visitors see, with what is set here and not yet saved. It asks the server for nothing and takes no words. */
export function Preview({ chatKey, brandName, settings, language }: PreviewProps) {
  const { t } = useLingui();
  const frame = useRef<HTMLIFrameElement>(null);
  const [look, setLook] = useState<Look>({ colour: settings.primary, ink: "#ffffff" });
  const [at] = useState(() => new Date().toISOString());
  const said = JSON.stringify(previewOf(brandName, settings, language, at));
  const shown = useRef({ said, language });
  shown.current = { said, language };

  const tell = (what: object) =>
    frame.current?.contentWindow?.postMessage({ hubbub: 1, ...what }, window.location.origin);
  const begin = useRef(() => {
    const page = { url: "", title: "", referrer: "" };
    const { said, language } = shown.current;
    tell({ do: "hello", page, identity: null, language, full: true, open: false, preview: JSON.parse(said) });
    tell({ do: "open", quiet: true });
  }).current;
  useLayoutEffect(() => {
    function hear({ source, origin, data }: MessageEvent): void {
      if (source !== frame.current?.contentWindow || origin !== window.location.origin || data?.hubbub !== 1) return;
      if (data.say === "look") setLook(data.look as Look);
      if (data.say === "here") begin();
    }
    window.addEventListener("message", hear);
    return () => window.removeEventListener("message", hear);
  }, [begin]);

  useEffect(() => {
    frame.current?.contentWindow?.postMessage(
      { hubbub: 1, do: "preview", preview: JSON.parse(said) },
      window.location.origin,
    );
  }, [said]);

  const address = `/widget/frame?chat=${encodeURIComponent(chatKey)}&preview=${language}#${encodeURIComponent(window.location.origin)}`;
  return (
    <figure className={css.preview}>
      <figcaption className="small mid">{t`So visitors see it. What is not saved yet is seen here only.`}</figcaption>
      <div className={css.stage} data-side={settings.position} inert>
        <iframe
          key={language}
          ref={frame}
          className={css.window}
          src={address}
          title={t`Preview of the chat`}
          onLoad={begin}
          tabIndex={-1}
        />
        <span className={css.launcher} style={{ "--brand": look.colour, "--on-brand": look.ink } as CSSProperties}>
          <Icon name="chat" />
        </span>
      </div>
    </figure>
  );
}

function previewOf(brandName: string, settings: Settings, language: string, at: string) {
  const { primary, accent, position, greeting, consent, files, emailContinuation, transcript, visit } = settings;
  const [first] = greeting;
  const words = first ? wordsFor(first, language) : "";
  const line = { type: "message", seq: 1, id: "00000000-0000-4000-8000-000000000001", from: "agent", name: brandName };
  return {
    config: {
      ...{ brandName, colours: { primary, accent }, position, greeting: [], files, emailContinuation, transcript },
      hours: { open: true, opensAt: null },
      consent: { required: consent.required, version: consent.version, text: wordsFor(consent, language) },
      pages: { shown: visit.show, query: visit.query },
    },
    lines: words.trim() === "" ? [] : [{ ...line, text: words, at, files: [] }],
  };
}
