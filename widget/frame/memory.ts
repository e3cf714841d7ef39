/** What the frame keeps in the visitor's browser, for one chat. What may not or cannot be kept there lasts as long as the page. */
export interface Memory {
  get(name: string): string | null;
  set(name: string, value: string): void;
  remove(name: string): void;
  /** Names that begin so. */
  names(prefix: string): string[];
  /** Forgets everything of this chat. */
  forget(): void;
  /** Until it is allowed, nothing is written to the browser; what was set till then is written at that moment. */
  allow(allowed: boolean): void;
  /** Calls when another tab changed something. */
  onChange(run: (name: string) => void): void;
}

/** The browser's own memory is read each time, as other tabs write to it, too. */
export function memoryOf(key: string, disk: Storage | null = storage()): Memory {
  const prefix = `hubbub-chat:${key}:`;
  const held = new Map<string, string>();
  let allowed = false;

  function write(name: string, value: string): void {
    held.set(name, value);
    if (!allowed || !disk) return;
    try {
      disk.setItem(prefix + name, value);
      held.delete(name);
    } catch {
      // Full, or forbidden since: it lasts as long as the page.
    }
  }
  const remove = (name: string) => {
    held.delete(name);
    disk?.removeItem(prefix + name);
  };
  const names = (begin: string) => {
    const found = new Set([...held.keys()].filter((name) => name.startsWith(begin)));
    for (let i = 0; i < (disk?.length ?? 0); i++) {
      const name = disk?.key(i) ?? "";
      if (name.startsWith(prefix + begin)) found.add(name.slice(prefix.length));
    }
    return [...found];
  };
  return {
    ...{ remove, names, set: write },
    get: (name) => held.get(name) ?? disk?.getItem(prefix + name) ?? null,
    forget() {
      for (const name of names("")) remove(name);
    },
    allow(now) {
      allowed = now;
      if (now) for (const [name, value] of [...held]) write(name, value);
    },
    onChange(run) {
      addEventListener("storage", ({ key: changed }) => {
        if (changed?.startsWith(prefix)) run(changed.slice(prefix.length));
      });
    },
  };
}

function storage(): Storage | null {
  try {
    return localStorage;
  } catch {
    // Browsers that keep nothing for frames of other sites throw at the very name.
    return null;
  }
}
