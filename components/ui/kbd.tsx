import { cn } from "#components/ui/class-name";

/** A key or a sequence such as "g h"; each key is its own cap. */
export function Kbd({ keys, className }: { keys: string; className?: string }) {
  return (
    <span className={cn("inline-flex gap-0.5", className)}>
      {keys.split(" ").map((key, index) => (
        <kbd
          // oxlint-disable-next-line react/no-array-index-key -- a sequence may repeat a key
          key={index}
          className="inline-flex h-5 min-w-5 items-center justify-center rounded-mark border bg-canvas px-1 font-sans text-meta text-text-2"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
