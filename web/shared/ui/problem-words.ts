import { type I18n, i18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { Problem } from "../api/problem.ts";
import { sayServer } from "../text/said/known-phrases.ts";
import { allCoded, sayFaults } from "./fault-words.ts";
import { knownTitles } from "./known-titles.ts";

export type ProblemWords = {
  title: string;
  detail: string | null;
  /** The detail is the server's English on a page in another language: it is marked as such. */
  foreign: boolean;
};

/** What happened, in the page's language: by the code of docs/errors.md, else in the server's words. */
function titleOf({ code, status, title }: Problem, page: I18n): string {
  if (page.locale === "en") return title;
  const titles = knownTitles();
  const known = Object.hasOwn(titles, code) ? titles[code] : undefined;
  if (known) return page._(known);
  return status > 0 && code === `http-${status}` ? t(page)`The server answered ${status}.` : title;
}

function wordsOf(problem: Problem, page: I18n): ProblemWords {
  const wait = problem.retryAfter;
  const ours = (title: string, detail: string): ProblemWords => ({ title, detail, foreign: false });
  const said = (title: string, otherwise: string | null): ProblemWords => {
    // The faults of the fields say it each by itself, below.
    if (problem.detail === undefined || allCoded(problem.errors)) return { title, detail: otherwise, foreign: false };
    const { words, foreign } = sayServer(problem.detail, problem.code);
    return { title, detail: words, foreign };
  };
  switch (problem.kind) {
    case "offline":
      // What was only to be read comes by itself: the live stream starts everything afresh that is older than the line.
      if (problem.code === "not-read")
        return ours(
          t(page)`There is no connection to the server.`,
          t(page)`What belongs here comes as soon as the line is back.`,
        );
      return ours(
        t(page)`Not sent: there is no connection to the server.`,
        t(page)`Keep what you have open. It can be done as soon as the line is back.`,
      );
    case "unknown":
      return ours(
        t(page)`The server has not said whether it took it.`,
        t(page)`Doing the same again from here is safe: it is done once.`,
      );
    case "signed-out":
      return ours(t(page)`Your session is over.`, t(page)`Sign in again; this page waits.`);
    case "failed":
      return said(
        problem.code === "page-fault" ? t(page)`This page has a fault.` : titleOf(problem, page),
        wait ? t(page)`Nothing was changed. It takes another try in ${wait} s.` : t(page)`Nothing was changed.`,
      );
    default:
      return said(titleOf(problem, page), wait ? t(page)`It takes another try in ${wait} s.` : null);
  }
}

/** The words of a notice: what happened and what follows. */
export function useProblemWords(problem: Problem): ProblemWords {
  const { i18n: page } = useLingui();
  return wordsOf(problem, page);
}

/** What happened, in one sentence, by the language that is shown now. */
export const problemTitle = (problem: Problem): string => titleOf(problem, i18n);

/**
 * A problem in one line, for toasts, banners and what is read aloud: what the server says of it, in the page's language where the
 * words are known; else what happened, then the server's English.
 */
export function sayProblem(problem: Problem): string {
  if (allCoded(problem.errors)) return sayFaults(problem.errors);
  if (i18n.locale === "en") return problem.detail ?? problem.title;
  const { title, detail, foreign } = wordsOf(problem, i18n);
  if (!foreign) return problem.detail === undefined ? title : (detail ?? title);
  // Held together from left to right, also within a line from right to left.
  return `${title.replace(/\.$/, "")}. \u2066${detail}\u2069`;
}
