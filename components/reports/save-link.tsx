import { ButtonLink } from "#components/ui/link";
import { reportOf } from "#lib/reports/sharing";

/**
 * Leads to where this list or report can be kept under a name and, if it is one of those that have a document, sent by mail and shared.
 * `href` is its address with its filters.
 */
export function SaveLink({ href }: { href: string }) {
  const [path = href] = href.split("?");
  return (
    <ButtonLink data-screen href={`/reports/saved?for=${encodeURIComponent(href)}`} prefetch={false}>
      {reportOf(path) === null ? "Save view" : "Save, send, share"}
    </ButtonLink>
  );
}
