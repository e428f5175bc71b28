"use client";

import { Field } from "#components/ui/field";
import { Select } from "#components/ui/select";
import { fieldErrors } from "#lib/browser/api";
import { ROLE_WORDS } from "#lib/people/role-words";
import { ROLES } from "#lib/people/roles";
import type { Role } from "#lib/people/roles";

interface RoleFieldProps {
  value: Role;
  /** Only owners make owners. */
  viewerRole: Role;
  error: unknown;
  onChange: (role: Role) => void;
}

export function RoleField({ value, viewerRole, error, onChange }: RoleFieldProps) {
  const offered = ROLES.filter((role) => role !== "owner" || viewerRole === "owner" || value === "owner");
  return (
    <Field label="Role" hint={ROLE_WORDS[value].hint} errors={fieldErrors(error, "role")}>
      {(control) => (
        <Select
          {...control}
          value={value}
          onChange={(event) => onChange(ROLES.find((role) => role === event.target.value) ?? value)}
        >
          {offered.map((role) => (
            <option key={role} value={role}>
              {ROLE_WORDS[role].label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
