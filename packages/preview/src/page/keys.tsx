import { useLayoutEffect, useRef } from "preact/hooks";

const KEYS: readonly (readonly [keys: string, does: string])[] = [
  ["/", "search"],
  ["1 2 3 4 5", "file, tokens, targets, compare, try"],
  ["↓ ↑", "next and previous line"],
  ["J K", "next and previous rule or finding"],
  ["Enter", "keep what is shown of a line"],
  ["D", "dropped rules, or not"],
  ["Y", "copy the id of a rule"],
  ["N", "next change, with Shift the one before"],
  ["E", "try a change of the rule"],
  ["Ctrl Enter", "copy what you try as an override"],
  ["G", "what the model sees in a folder"],
  ["Esc", "leave the line, the search or a field, or forget what you try"],
  ["T", "light or dark"],
  ["?", "these keys"],
];

/** Hears keys, but none that belongs to a field, to a dialog or to the browser. */
export function useKeys(press: (event: KeyboardEvent) => void): void {
  // Before the next key: after the next paint, one that is held down would be lost.
  useLayoutEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector("dialog[open]") === null) press(event);
    };
    addEventListener("keydown", hear);
    return () => removeEventListener("keydown", hear);
  });
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select");
}

/** The keys, in a dialog. */
export function Keys({ onClose }: { onClose(): void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-label="Keys" onClose={onClose}>
      <h2>Keys</h2>
      <dl>
        {KEYS.map(([keys, does]) => (
          <div class="key" key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={() => dialog.current?.close()}>
        Close
      </button>
    </dialog>
  );
}
