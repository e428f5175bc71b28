import { ButtonLink } from "#components/ui/link";
import { SCHEDULE_TEMPLATES } from "#lib/on-call/templates";

/** Starting points of a new schedule. */
export function TemplateLinks() {
  return (
    <>
      {SCHEDULE_TEMPLATES.map(({ id, name, hint }) => (
        <ButtonLink key={id} href={`/schedules/new?template=${id}`} title={hint}>
          {name}
        </ButtonLink>
      ))}
    </>
  );
}
