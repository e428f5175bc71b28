import { Card } from "#components/ui/card";
import { KeyFigure } from "#components/ui/facts";
import { TextLink } from "#components/ui/link";
import type { HandOffContent } from "#lib/on-call/client";

/** What the shift was like, in numbers, and where the noise came from. */
export function ShiftNoise({ noise }: { noise: HandOffContent["noise"] }) {
  const { incidents, highUrgency, resolvedByThemselves, pages, services } = noise;
  return (
    <Card title="What the shift was like">
      <div className="grid grid-cols-2 gap-4">
        <KeyFigure
          label="Incidents"
          value={incidents}
          note={`${highUrgency} of high urgency, ${resolvedByThemselves} resolved by themselves`}
        />
        <KeyFigure label="Pages" value={pages} note="to those who go" />
      </div>
      {services.length === 0 ? null : (
        <ul className="mt-4 flex flex-col gap-1">
          {services.map(({ name, slug, incidents: own }) => (
            <li key={slug} className="flex justify-between gap-4 text-body">
              <TextLink tone="quiet" href={`/services/${slug}`}>
                {name}
              </TextLink>
              <span className="tabular text-text-2">{own}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
