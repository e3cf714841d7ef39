/** Where the line broke in the middle of a mail, by channel. A mail at which it breaks again and again is left out, and said so. */
export interface Stumbles {
  begin(mail: string): void;
  end(mail: string): void;
  /** It has broken the line too often. */
  isHopeless(mail: string): boolean;
}

const PATIENCE = 3;
const MOST = 1_000;

export function createStumbles(): { of(channelId: string): Stumbles } {
  const begun = new Map<string, number>();
  return {
    of(channelId) {
      const key = (mail: string) => `${channelId} ${mail}`;
      return {
        begin(mail) {
          const times = (begun.get(key(mail)) ?? 0) + 1;
          begun.delete(key(mail));
          begun.set(key(mail), times);
          if (begun.size > MOST) begun.delete(begun.keys().next().value!);
        },
        end: (mail) => begun.delete(key(mail)),
        isHopeless: (mail) => (begun.get(key(mail)) ?? 0) >= PATIENCE,
      };
    },
  };
}
