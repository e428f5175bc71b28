import { Lock } from "lucide-react";
import type { ReactNode } from "react";

interface ForbiddenProps {
  /** What cannot be seen or done, for example "The audit log". */
  what: ReactNode;
  /** The role it needs, for example "admin". */
  role: string;
  /** Who can grant it. */
  grantedBy?: ReactNode;
}

/** Stands in for the whole page, so it has the page's heading. */
/** Stands instead of a page, so its sentence is the page's heading. */
export function Forbidden({ what, role, grantedBy }: ForbiddenProps) {
  return (
    <div className="flex flex-col items-center gap-1.5 px-6 py-16 text-center">
      <Lock aria-hidden className="mb-1 size-5 text-text-3" />
      <h1 tabIndex={-1} className="text-body font-medium">
        {what} needs the {role} role.
      </h1>
      {grantedBy === undefined ? null : <p className="text-body text-text-2">{grantedBy} can grant it.</p>}
    </div>
  );
}
