import { CopyButton } from "#components/ui/copy-button";

interface CodeBlockProps {
  code: string;
  /** What the block is, spoken with its copy button. */
  name: string;
  /** Breaks long lines instead of scrolling. */
  wrap?: boolean;
}

export function CodeBlock({ code, name, wrap = false }: CodeBlockProps) {
  return (
    <div className="relative rounded-card border bg-sunken">
      <pre
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
        tabIndex={0}
        role="region"
        aria-label={name}
        className={`max-h-96 overflow-auto p-3 pr-12 font-mono text-table ${wrap ? "break-all whitespace-pre-wrap" : ""}`}
      >
        <code>{code}</code>
      </pre>
      <div className="absolute top-1.5 right-1.5">
        <CopyButton value={code} name={name} />
      </div>
    </div>
  );
}
