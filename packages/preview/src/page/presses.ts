import { useEffect } from "preact/hooks";

/** Hears every key that is pressed on the page, but those that are typed into a field or belong to the browser. */
export function usePresses(press: (event: KeyboardEvent) => void): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (!event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)) press(event);
    };
    addEventListener("keydown", hear);
    return () => removeEventListener("keydown", hear);
  });
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select");
}
