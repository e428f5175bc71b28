import { Callout } from "#components/ui/callout";
import { ButtonLink } from "#components/ui/link";

/** That something arrived with a valid key and was not understood. */
export function UnreadNotice({ count, canReplay }: { count: number; canReplay: boolean }) {
  if (count === 0) return null;
  return (
    <Callout
      tone="warning"
      title={`${count} ${count === 1 ? "request" : "requests"} could not be read.`}
      actions={
        canReplay ? (
          <ButtonLink size="small" href="/settings/intake-errors">
            Look
          </ButtonLink>
        ) : undefined
      }
    >
      They came with a valid key in a form that is not understood. They are kept and can be replayed.
    </Callout>
  );
}
