import { changesOf } from "#lib/organisation/audit-words";

interface AuditChangesProps {
  before: Readonly<Record<string, unknown>> | null;
  after: Readonly<Record<string, unknown>> | null;
}

/** Field by field: what it was, and what it is since. Marked by words and signs, not by colour alone. */
export function AuditChanges({ before, after }: AuditChangesProps) {
  return (
    <dl className="grid grid-cols-1 gap-x-4 gap-y-1.5 text-table sm:grid-cols-[minmax(120px,auto)_1fr]">
      {changesOf(before, after).map((change) => (
        <div key={change.field} className="contents">
          <dt className="text-text-3">{change.field}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere] whitespace-pre-wrap">
            {change.before === null ? null : (
              <del className="block text-status-red-fg no-underline">
                <span aria-hidden>− </span>
                <span className="sr-only">before: </span>
                {change.before}
              </del>
            )}
            {change.after === null ? null : (
              <ins className="block text-status-green-fg no-underline">
                <span aria-hidden>+ </span>
                <span className="sr-only">after: </span>
                {change.after}
              </ins>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
