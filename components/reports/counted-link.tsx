import { TextLink } from "#components/ui/link";
import type { Counted } from "#lib/reports/report-frame";

/** A number that opens the incidents it counts; `noun` says in full what they are. */
export function CountedLink({ counted, noun }: { counted: Counted; noun: string }) {
  if (counted.count === 0) return <span className="tabular">0</span>;
  return (
    <TextLink href={counted.href} aria-label={`${counted.count} ${noun}`} className="tabular">
      {counted.count.toLocaleString("en")}
    </TextLink>
  );
}
