import { cn } from "#components/ui/class-name";
import { CopyButton } from "#components/ui/copy-button";
import { ScrollRegion } from "#components/ui/scroll-region";

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
      <ScrollRegion label={name} className="max-h-96 overflow-auto">
        <pre
          className={cn(
            "w-fit min-w-full p-3 pr-12 font-mono text-table",
            wrap && "w-full break-all whitespace-pre-wrap",
          )}
        >
          <code>{code}</code>
        </pre>
      </ScrollRegion>
      <div className="absolute top-1.5 right-1.5 rounded-control bg-sunken">
        <CopyButton value={code} name={name} />
      </div>
    </div>
  );
}
