import { randomUUID } from "node:crypto";
import { type Answer, ApiClient, type Json } from "../support/api-client.ts";
import { emailOf, PASSWORD, type Person } from "../support/company.ts";

const ATTEMPT_MS = 2_500;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** An agent at a desk that may die under the hands: every command is insisted upon, with the same key, until there is an answer. */
export class Agent {
  readonly who: Person;
  readonly client: ApiClient;
  /** Says when an unanswered command is left alone. */
  givesUp: () => boolean = () => false;
  #signedIn = false;

  constructor(url: string, who: Person) {
    this.who = who;
    this.client = new ApiClient(url);
  }

  /** Asks until there is an answer below 500; null when given up. Signs in when that is needed. */
  async insist(method: string, path: string, body?: unknown): Promise<Answer | null> {
    const headers = { "idempotency-key": randomUUID() };
    for (let first = true; first || !this.givesUp(); first = false) {
      try {
        if (!this.#signedIn) await this.signIn();
        const asked = method === "GET" ? this.client.ask(path) : this.client.send(method, path, body, headers);
        const answer = await inTime(asked);
        if (answer.status === 401) this.#signedIn = false;
        else if (answer.status < 500) return answer;
      } catch {
        // No answer: the server, its database or the way there is down.
      }
      await pause(25);
    }
    return null;
  }
  async signIn(): Promise<void> {
    // A session that is over must not be sent along.
    this.client.cookies.clear();
    await inTime(this.client.signIn(emailOf(this.who), PASSWORD));
    this.#signedIn = true;
  }
  async get(path: string): Promise<Json | null> {
    const answer = await this.insist("GET", path);
    return answer?.status === 200 ? answer.body : null;
  }
}

async function inTime<T>(asked: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  asked.catch(() => {});
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), ATTEMPT_MS);
  });
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
