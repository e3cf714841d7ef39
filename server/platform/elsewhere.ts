/**
 * What was begun here is another process's to do now: the transaction is taken back, nothing is counted as a failed try, and the work
 * waits for that process or for the end of its lease.
 */
export class ElsewhereNow extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ElsewhereNow";
  }
}
