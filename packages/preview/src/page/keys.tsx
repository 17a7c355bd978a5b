import { useEffect, useRef } from "preact/hooks";

const KEYS: readonly (readonly [keys: string, does: string])[] = [
  ["/", "search"],
  ["1 2 3", "file, tokens, targets"],
  ["↓ ↑", "next and previous line"],
  ["J K", "next and previous rule"],
  ["T", "light or dark"],
  ["?", "these keys"],
];

/** The keys, in a dialog. */
export function Keys({ onClose }: { onClose(): void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
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
