import { useState } from "preact/hooks";

/** A command line to copy. */
export function Command({ text }: { readonly text: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <p class="command">
      <code class="command-text">{text}</code>
      <button type="button" aria-label={`Copy ${text}`} onClick={copy}>
        {isCopied ? "Copied" : "Copy"}
      </button>
    </p>
  );
}
