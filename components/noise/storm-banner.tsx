import { MergeStorm } from "#components/noise/merge-storm";
import { Time } from "#components/time/time";
import { Callout } from "#components/ui/callout";
import { ButtonLink, TextLink } from "#components/ui/link";
import { EVERY_INCIDENT, incidentsHref } from "#lib/incidents/filter";
import { stormSentence } from "#lib/noise/storm";
import type { OpenStorm } from "#lib/noise/storm";

interface StormBannersProps {
  storms: readonly OpenStorm[];
  canRespond: boolean;
  onService?: boolean;
}

/** Storms that are on, one below the other: what, since when, why it counts as one, and the incident that holds it. */
export function StormBanners({ storms, canRespond, onService = false }: StormBannersProps) {
  if (storms.length === 0) return null;
  return (
    <section aria-label="Storms" className="mb-4 flex flex-col gap-2">
      {storms.map((storm) => (
        <StormBanner key={storm.id} storm={storm} canRespond={canRespond} onService={onService} />
      ))}
    </section>
  );
}

type StormBannerProps = Omit<Required<StormBannersProps>, "storms"> & { storm: OpenStorm };

function StormBanner({ storm, canRespond, onService }: StormBannerProps) {
  const { service, incident, otherIncidents, openedWith } = storm;
  const others = incidentsHref({
    ...EVERY_INCIDENT,
    service: [service.id],
    status: ["triggered", "acknowledged"],
  });
  return (
    <Callout
      tone="warning"
      title={
        <>
          Storm of alerts{" "}
          {onService ? null : (
            <>
              on <TextLink href={`/services/${service.slug}`}>{service.name}</TextLink>{" "}
            </>
          )}
          since <Time at={storm.startedAt} format="date-time" />
        </>
      }
      actions={
        incident === null ? undefined : (
          <>
            {canRespond && incident.isOpen && openedWith.length > 0 ? (
              <MergeStorm target={incident} incidentIds={openedWith} />
            ) : null}
            <ButtonLink href={`/incidents/${incident.number}`} size="small">
              Open #{incident.number}
            </ButtonLink>
          </>
        )
      }
    >
      <p>
        {stormSentence(storm)}. {storm.because}.
      </p>
      {otherIncidents > 0 ? (
        <p>
          <TextLink href={others}>
            {otherIncidents === 1
              ? "1 other incident of the service is open"
              : `${otherIncidents.toLocaleString("en")} other incidents of the service are open`}
          </TextLink>
          , from before.
        </p>
      ) : null}
    </Callout>
  );
}
