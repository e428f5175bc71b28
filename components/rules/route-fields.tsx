import { Choice } from "#components/rules/choice";
import type { Named } from "#components/rules/choice";
import { PATH_SUGGESTIONS_ID } from "#components/rules/condition-fields";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import type { RuleActions } from "#lib/rules/rule";

interface RouteFieldsProps {
  actions: RuleActions;
  services: readonly Named[];
  onChange: (changed: Partial<RuleActions>) => void;
}

/** Which service a rule of the router sends events to: a fixed one, or the one that they name. */
export function RouteFields({ actions, services, onChange }: RouteFieldsProps) {
  return (
    <>
      <Choice
        label="Route to"
        none="No fixed service"
        options={services}
        value={actions.routeTo}
        onChange={(routeTo) => onChange({ routeTo })}
      />
      <DynamicRouteFields actions={actions} onChange={onChange} />
    </>
  );
}

interface RouteProps {
  actions: RuleActions;
  onChange: (changed: Partial<RuleActions>) => void;
}

function DynamicRouteFields({ actions: { dynamicRoute }, onChange }: RouteProps) {
  if (dynamicRoute === null) {
    return (
      <span>
        <Button
          size="small"
          onClick={() =>
            onChange({
              dynamicRoute: { lookUpBy: "name", path: "event.custom_details.service", pattern: "^(.+)$" },
            })
          }
        >
          Find the service in the event
        </Button>
      </span>
    );
  }
  const set = (changed: Partial<typeof dynamicRoute>) =>
    onChange({ dynamicRoute: { ...dynamicRoute, ...changed } });
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <Field label="Look up by">
        {(control) => (
          <Select
            {...control}
            value={dynamicRoute.lookUpBy}
            onChange={({ target }) => set({ lookUpBy: target.value === "id" ? "id" : "name" })}
          >
            <option value="name">service name</option>
            <option value="id">service id</option>
          </Select>
        )}
      </Field>
      <Field label="Field">
        {(control) => (
          <Input
            {...control}
            list={PATH_SUGGESTIONS_ID}
            value={dynamicRoute.path}
            onChange={({ target }) => set({ path: target.value })}
          />
        )}
      </Field>
      <Field label="Pattern">
        {(control) => (
          <Input
            {...control}
            value={dynamicRoute.pattern}
            onChange={({ target }) => set({ pattern: target.value })}
          />
        )}
      </Field>
      <span>
        <Button size="small" variant="ghost" onClick={() => onChange({ dynamicRoute: null })}>
          Don't look it up
        </Button>
      </span>
    </div>
  );
}
