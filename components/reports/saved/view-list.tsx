import { RemoveButton } from "#components/reports/saved/remove-button";
import { EmptyState } from "#components/ui/empty-state";
import { TextLink } from "#components/ui/link";
import type { SavedViewDto } from "#lib/reports/schemas";

interface ViewListProps {
  views: readonly SavedViewDto[];
  mayRemoveShared: boolean;
}

export function ViewList({ views, mayRemoveShared }: ViewListProps) {
  if (views.length === 0) {
    return (
      <EmptyState kind="first-use" title="No view is kept yet.">
        Filter the incidents or a report, then choose “Save view” or “Save, send, share” there.
      </EmptyState>
    );
  }
  return (
    <ul className="flex flex-col divide-y">
      {views.map((view) => (
        <li key={view.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
          <span className="min-w-0">
            <TextLink href={view.href} className="font-medium">
              {view.name}
            </TextLink>
            <span className="block truncate text-meta text-text-3">
              {view.href} · {view.shared ? `shared by ${view.isOwn ? "you" : view.owner}` : "only yours"}
            </span>
          </span>
          {view.isOwn || mayRemoveShared ? <RemoveButton kind="view" id={view.id} name={view.name} /> : null}
        </li>
      ))}
    </ul>
  );
}
