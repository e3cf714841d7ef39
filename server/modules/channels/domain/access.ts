/** What an adapter may know of the channel it speaks for. `secret` is unsealed and lives in memory only. */
export interface ChannelAccess {
  readonly channelId: string;
  /** Our account on the network. */
  readonly externalId: string;
  readonly handle: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly secret: Readonly<Record<string, string>>;
  /** Where the network can call us; only with a public address of this desk. */
  readonly hookUrl?: string;
  /** Where sessions are renewed: what is stored now, and a way to store what the network gave instead. */
  readonly secrets?: SecretStore;
}

export interface SecretStore {
  read(): Promise<Readonly<Record<string, string>>>;
  /**
   * Writes `change` into the sealed secret if `since.name` still has the value `since.value` there, and returns what is stored then:
   * somebody else's, when they were quicker.
   */
  keep(
    change: Readonly<Record<string, string>>,
    since: { name: string; value: string },
  ): Promise<Readonly<Record<string, string>>>;
}
