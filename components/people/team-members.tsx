"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { ReadinessBadge } from "#components/people/readiness-badge";
import { useChange } from "#components/settings/use-change";
import { Card } from "#components/ui/card";
import { Field } from "#components/ui/field";
import { IconButton } from "#components/ui/icon-button";
import { PersonChip } from "#components/ui/person-chip";
import { Select } from "#components/ui/select";
import { removeTeamMember, setTeamMember } from "#lib/people/client";
import type { TeamMember } from "#lib/people/client";
import type { ReadinessState } from "#lib/people/readiness";
import { TEAM_ROLE_WORDS } from "#lib/people/role-words";
import { TEAM_ROLES } from "#lib/people/roles";
import type { TeamRole } from "#lib/people/roles";

interface TeamMembersProps {
  teamId: string;
  members: readonly TeamMember[];
  readiness: Readonly<Record<string, ReadinessState>>;
  /** Who can be added; empty for those who may not arrange the team. */
  others: readonly { id: string; name: string }[];
  canArrange: boolean;
}

/** Who is in a team and as what; changes take effect at once. */
export function TeamMembers({ teamId, members, readiness, others, canArrange }: TeamMembersProps) {
  const [chosen, setChosen] = useState("");
  const set = useChange({
    change: ({ userId, role }: { userId: string; role?: TeamRole }) => setTeamMember(teamId, userId, role),
    done: "Team saved",
    failed: "Team not changed",
    onDone: () => setChosen(""),
  });
  const remove = useChange({
    change: (userId: string) => removeTeamMember(teamId, userId),
    done: "Removed from the team",
    failed: "Not removed",
  });
  return (
    <Card flush title="People" subtitle={`${members.length} in this team`}>
      {members.length === 0 ? (
        <p className="px-4 py-6 text-center text-body text-text-2">Nobody is in this team.</p>
      ) : (
        <ul>
          {members.map((member) => (
            <MemberRow
              key={member.id}
              member={member}
              readiness={readiness[member.id] ?? "unreachable"}
              canArrange={canArrange}
              onRole={(role) => set.mutate({ userId: member.id, role })}
              onRemove={() => remove.mutate(member.id)}
            />
          ))}
        </ul>
      )}
      {canArrange && others.length > 0 ? (
        <div className="border-t p-4">
          <Field label="Add a person">
            {(control) => (
              <Select
                {...control}
                value={chosen}
                disabled={set.isPending}
                onChange={(event) => {
                  setChosen(event.target.value);
                  if (event.target.value !== "") set.mutate({ userId: event.target.value });
                }}
              >
                <option value="">Choose a person</option>
                {others.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </div>
      ) : null}
    </Card>
  );
}

interface MemberRowProps {
  member: TeamMember;
  readiness: ReadinessState;
  canArrange: boolean;
  onRole: (role: TeamRole) => void;
  onRemove: () => void;
}

function MemberRow({ member, readiness, canArrange, onRole, onRemove }: MemberRowProps) {
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-1.5 last:border-b-0">
      <PersonChip person={member} href={`/people/${member.id}`} className="min-w-40 flex-1" />
      <ReadinessBadge state={readiness} />
      {canArrange ? (
        <Select
          aria-label={`Role of ${member.name} in the team`}
          className="w-32"
          value={member.role}
          onChange={(event) => {
            const role = TEAM_ROLES.find((known) => known === event.target.value);
            if (role) onRole(role);
          }}
        >
          {TEAM_ROLES.map((role) => (
            <option key={role} value={role}>
              {TEAM_ROLE_WORDS[role]}
            </option>
          ))}
        </Select>
      ) : (
        <span className="w-24 text-table text-text-2">{TEAM_ROLE_WORDS[member.role]}</span>
      )}
      {canArrange ? (
        <IconButton
          name={`Remove ${member.name} from the team`}
          size="small"
          icon={<X aria-hidden />}
          onClick={onRemove}
        />
      ) : null}
    </li>
  );
}
