"use client";

import { BellRing, ChevronsUpDown, Keyboard, LogOut, UserRound } from "lucide-react";
import type { ComponentProps } from "react";
import { parseTheme, type Theme } from "#components/layout/preferences";
import { useRootPreference } from "#components/layout/root-attribute";
import { cn } from "#components/ui/class-name";
import { Menu, MenuChoices, MenuItem, MenuLink, MenuSeparator } from "#components/ui/menu";
import { Avatar } from "#components/ui/person-chip";
import type { Role } from "#lib/people/roles";

export interface ShellUser {
  id: string;
  name: string;
  email: string;
  role: Role;
}

interface AccountMenuProps {
  user: ShellUser;
  onShowShortcuts: () => void;
  onSignOut?: () => void;
  /** In the sidebar the name gives way to the picture when the bar is narrow. */
  inSidebar?: boolean;
}

const themeOptions: readonly { value: Theme; label: string }[] = [
  { value: "system", label: "Same as system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

export function AccountMenu({ user, onShowShortcuts, onSignOut, inSidebar = false }: AccountMenuProps) {
  const [theme, setTheme] = useRootPreference("theme");
  return (
    <Menu align="start" trigger={<AccountButton user={user} inSidebar={inSidebar} />}>
      <div className="px-2 py-1.5">
        <p className="text-body font-medium">{user.name}</p>
        <p className="text-meta text-text-3">{user.email}</p>
      </div>
      <MenuSeparator />
      <MenuLink href="/me" icon={<UserRound aria-hidden />}>
        My profile
      </MenuLink>
      <MenuLink href="/me/notifications" icon={<BellRing aria-hidden />}>
        My notifications
      </MenuLink>
      <MenuItem icon={<Keyboard aria-hidden />} keys="?" onSelect={onShowShortcuts}>
        Keyboard shortcuts
      </MenuItem>
      <MenuSeparator />
      <MenuChoices
        label="Theme"
        value={parseTheme(theme)}
        options={themeOptions}
        onValueChange={(next) => setTheme(next === "system" ? undefined : next)}
      />
      {onSignOut === undefined ? null : (
        <>
          <MenuSeparator />
          <MenuItem icon={<LogOut aria-hidden />} onSelect={onSignOut}>
            Sign out
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

interface AccountButtonProps extends ComponentProps<"button"> {
  user: ShellUser;
  inSidebar: boolean;
}

function AccountButton({ user, inSidebar, ...rest }: AccountButtonProps) {
  const whenWide = inSidebar && "max-lg:hidden sidebar-collapsed:hidden";
  return (
    <button
      {...rest}
      type="button"
      aria-label={`Account: ${user.name}`}
      className={cn(
        "flex min-h-9 w-full items-center gap-2 rounded-control px-1.5 text-left hover:bg-raised touch:min-h-13",
        inSidebar && "max-lg:justify-center sidebar-collapsed:justify-center",
      )}
    >
      <Avatar id={user.id} name={user.name} size="medium" />
      <span aria-hidden className={cn("flex min-w-0 flex-1 flex-col", whenWide)}>
        <span className="truncate text-table font-medium">{user.name}</span>
        <span className="truncate text-meta text-text-3 capitalize">{user.role}</span>
      </span>
      <ChevronsUpDown aria-hidden className={cn("size-4 text-text-3", whenWide)} />
    </button>
  );
}
