/** What the loader does to the page, as the browser made it and not as the page may have changed it. */
export interface Natives {
  make(tag: string): HTMLElement;
  shape(tag: string, attributes: string): Element;
  put(parent: Node, child: Node): void;
  take(child: Element): void;
  set(element: Element, name: string, value: string): void;
  style(element: HTMLElement, name: string, value: string): void;
  on(target: EventTarget, type: string, run: (event: never) => void): void;
  shadow(host: Element): ShadowRoot;
  /** Into the top layer, where the browser has one: no z-index of the page reaches it. */
  raise(host: HTMLElement): void;
}

type Method = (...args: never[]) => unknown;

/**
 * A page may have replaced methods of any prototype, and they would run in our stead. A window that is made for the
 * purpose has its own, untouched; they serve the page's elements as well. It goes again at once.
 */
export function natives(): Natives {
  const nest = document.createElement("iframe");
  nest.style.cssText = "display:none!important";
  const root = document.documentElement;
  root.appendChild(nest);
  const fresh = (nest.contentWindow ?? window) as unknown as typeof globalThis;
  const apply = fresh.Reflect.apply as (run: Method, self: unknown, args: unknown[]) => unknown;
  const { createElement, createElementNS } = fresh.Document.prototype as unknown as Record<string, Method>;
  const { appendChild } = fresh.Node.prototype as unknown as Record<string, Method>;
  const { setAttribute, attachShadow, remove } = fresh.Element.prototype as unknown as Record<string, Method>;
  const { addEventListener } = fresh.EventTarget.prototype as unknown as Record<string, Method>;
  const { setProperty } = fresh.CSSStyleDeclaration.prototype as unknown as Record<string, Method>;
  const { showPopover } = fresh.HTMLElement.prototype as unknown as Record<string, Method | undefined>;
  apply(remove!, nest, []);
  const set = (element: Element, name: string, value: string) => void apply(setAttribute!, element, [name, value]);
  return {
    set,
    make: (tag) => apply(createElement!, document, [tag]) as HTMLElement,
    shape(tag, path) {
      const made = apply(createElementNS!, document, ["http://www.w3.org/2000/svg", tag]) as Element;
      set(made, tag === "svg" ? "viewBox" : "d", path);
      return made;
    },
    put: (parent, child) => void apply(appendChild!, parent, [child]),
    take: (child) => void apply(remove!, child, []),
    style: (element, name, value) => void apply(setProperty!, element.style, [name, value, "important"]),
    on: (target, type, run) => void apply(addEventListener!, target, [type, run]),
    shadow: (host) => apply(attachShadow!, host, [{ mode: "closed" }]) as ShadowRoot,
    raise(host) {
      if (!showPopover) return;
      set(host, "popover", "manual");
      try {
        apply(showPopover, host, []);
      } catch {
        // Not connected, or open already: the z-index has to do.
      }
    },
  };
}
