import { TextLink } from "#components/ui/link";
import type { Counted } from "#lib/reports/report-frame";

/** A number that opens the incidents it counts; `noun` says in full what they are, and is named first so that one needs no other words. */
export function CountedLink({ counted, noun }: { counted: Counted; noun: string }) {
  if (counted.count === 0) return <span className="tabular">0</span>;
  const count = counted.count.toLocaleString("en");
  return (
    <TextLink href={counted.href} aria-label={`${noun}: ${count}`} className="tabular">
      {count}
    </TextLink>
  );
}
