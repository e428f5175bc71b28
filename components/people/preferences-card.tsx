"use client";

import { parseTheme, themes, type Theme } from "#components/layout/preferences";
import { useRootPreference } from "#components/layout/root-attribute";
import { Card } from "#components/ui/card";
import { Kbd } from "#components/ui/kbd";
import { RadioGroup } from "#components/ui/radio-group";
import { Switch } from "#components/ui/switch";

const NAMES: Record<Theme, string> = { system: "Same as the system", light: "Light", dark: "Dark" };

/** How this browser shows things; it takes effect at once and stays on this device. */
export function PreferencesCard() {
  const [theme, setTheme] = useRootPreference("theme");
  const [singleKeys, setSingleKeys] = useRootPreference("singleKeys");
  return (
    <Card title="On this device" subtitle="Takes effect at once">
      <div className="flex max-w-140 flex-col gap-6">
        <RadioGroup<Theme>
          legend="Theme"
          name="theme"
          value={parseTheme(theme)}
          onValueChange={(next) => setTheme(next === "system" ? undefined : next)}
          options={themes.map((value) => ({ value, label: NAMES[value] }))}
        />
        <Switch
          label="Shortcuts of one key"
          hint={
            <>
              Such as <Kbd keys="a" /> to acknowledge. Off, only combinations like <Kbd keys="mod+k" /> work.
            </>
          }
          checked={singleKeys !== "off"}
          onChange={(event) => setSingleKeys(event.target.checked ? undefined : "off")}
        />
      </div>
    </Card>
  );
}
