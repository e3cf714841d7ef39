import { useLingui } from "@lingui/react/macro";
import { useDeferredValue, useEffect, useState } from "react";
import { useLists } from "../../shared/text/use-lists.ts";
import { Card } from "../../shared/ui/card.tsx";
import { TextArea } from "../../shared/ui/field.tsx";
import { type Checks, loadChecks } from "../../shared/voice/load-checks.ts";
import css from "./voice-page.module.css";

/** A post and a draft, and what the checks say of them: nothing is sent. */
export default function TryIt({ avoid }: { avoid: readonly string[] }) {
  const { t } = useLingui();
  const { quote } = useLists();
  const [post, setPost] = useState("");
  const [text, setText] = useState("");
  const asked = useDeferredValue({ post, text });
  const checks = useChecks();
  const found =
    asked.text.trim() === "" || !checks
      ? []
      : checks(
          {
            text: asked.text,
            public: true,
            agent: { name: "", initials: "" },
            post: asked.post,
            facts: [],
            recent: [],
          },
          {
            limit: null,
            disclosure: { who: "nobody", mark: "", company: false, where: "end", alsoPrivate: false },
            avoid: avoid.filter((one) => one.trim() !== "").map((words) => ({ words, rule: "tone" as const })),
          },
        );
  return (
    <Card title={t`Try it`}>
      <div className={css.grid}>
        <TextArea label={t`A post`} rows={2} value={post} maxLength={2_000} onChange={(e) => setPost(e.target.value)} />
        <TextArea
          label={t`A draft`}
          rows={3}
          value={text}
          maxLength={2_000}
          onChange={(e) => setText(e.target.value)}
        />
        {found.length > 0 ? (
          <ul className={css.found}>
            {found.map((one) => (
              <li key={`${one.code} ${one.start}`}>
                <b>{quote(asked.text.slice(one.start, Math.min(one.end, one.start + 60)))}</b> {one.message}
              </li>
            ))}
          </ul>
        ) : asked.text.trim() && checks ? (
          <p className="small mid">{t`Nothing found.`}</p>
        ) : null}
      </div>
    </Card>
  );
}

/** The checks are larger than the page around them, so they come by themselves. */
function useChecks(): Checks | null {
  const [checks, setChecks] = useState<Checks | null>(null);
  useEffect(() => {
    let gone = false;
    loadChecks().then(
      (came) => gone || setChecks(() => came),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, []);
  return checks;
}
