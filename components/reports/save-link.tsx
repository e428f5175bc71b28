import { ButtonLink } from "#components/ui/link";

/** Leads to where this list or report can be kept under a name, sent by mail and shared. `href` is its address with its filters. */
export function SaveLink({ href }: { href: string }) {
  return (
    <ButtonLink href={`/reports/saved?for=${encodeURIComponent(href)}`} prefetch={false}>
      Save, send, share
    </ButtonLink>
  );
}
