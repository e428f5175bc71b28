"use client";

import { ArrowDown, ArrowUp, ChevronDown, Trash2 } from "lucide-react";
import { useEditor } from "#components/schedules/layer-context";
import { PeriodFields } from "#components/schedules/period-fields";
import { RestrictionFields } from "#components/schedules/restriction-fields";
import { RotationFields } from "#components/schedules/rotation-fields";
import { TurnEditor } from "#components/schedules/turn-editor";
import { cn } from "#components/ui/class-name";
import { Field } from "#components/ui/field";
import { IconButton } from "#components/ui/icon-button";
import { Input } from "#components/ui/input";
import { restrictionSentence, rotationSentence } from "#lib/on-call/layer-sentence";
import type { EditorLayer } from "#lib/on-call/editor-draft";

interface LayerEditorProps {
  layer: EditorLayer;
  /** Its place in the document: "layers.0". */
  path: string;
  isOpen: boolean;
  isTop: boolean;
  isBottom: boolean;
  onToggle: () => void;
  onChange: (layer: EditorLayer) => void;
  onMove: (direction: "up" | "down") => void;
  onRemove: () => void;
}

/** One layer: a summary that opens to all of its fields. */
export function LayerEditor(props: LayerEditorProps) {
  const { layer, path, isOpen, isTop, isBottom, onToggle, onMove, onRemove } = props;
  const name = layer.name.trim() || "Unnamed layer";
  const panelId = `panel-${layer.key}`;
  return (
    <li className="rounded-card border bg-surface">
      <div className="flex items-center gap-1 pr-2">
        <h3 className="min-w-0 flex-1">
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={panelId}
            onClick={onToggle}
            className="flex w-full items-center gap-2 rounded-card px-3 py-2.5 text-left"
          >
            <ChevronDown
              aria-hidden
              className={cn(
                "size-4 shrink-0 text-text-3 transition-transform duration-120",
                !isOpen && "-rotate-90",
              )}
            />
            <span className="min-w-0">
              <span className="block truncate text-body font-medium">{name}</span>
              <span className="block text-meta font-regular text-text-3">{summaryOf(layer)}</span>
            </span>
          </button>
        </h3>
        <IconButton
          size="small"
          name={`Move layer ${name} up`}
          aria-disabled={isTop}
          icon={<ArrowUp aria-hidden />}
          onClick={() => onMove("up")}
        />
        <IconButton
          size="small"
          name={`Move layer ${name} down`}
          aria-disabled={isBottom}
          icon={<ArrowDown aria-hidden />}
          onClick={() => onMove("down")}
        />
        <IconButton
          size="small"
          name={layer.id === null ? `Remove layer ${name}` : `End layer ${name}`}
          icon={<Trash2 aria-hidden />}
          onClick={onRemove}
        />
      </div>
      <div id={panelId} hidden={!isOpen} className="border-t p-3">
        {isOpen ? <LayerFields {...props} path={path} /> : null}
      </div>
    </li>
  );
}

function LayerFields({ layer, path, onChange }: Pick<LayerEditorProps, "layer" | "path" | "onChange">) {
  const { errorsFor } = useEditor();
  return (
    <div className="flex flex-col gap-4">
      <Field label="Layer name" errors={errorsFor(`${path}.name`)}>
        {(control) => (
          <Input
            {...control}
            required
            maxLength={255}
            value={layer.name}
            onChange={(event) => onChange({ ...layer, name: event.target.value })}
          />
        )}
      </Field>
      {layer.calendarId === null ? (
        <>
          <TurnEditor turns={layer.turns} path={path} onChange={(turns) => onChange({ ...layer, turns })} />
          <RotationFields
            rotation={layer.rotation}
            hasRestrictions={layer.restrictions.length > 0}
            path={path}
            onChange={(rotation) => onChange({ ...layer, rotation })}
          />
        </>
      ) : (
        <p className="text-body text-text-2">
          Whom its calendar names is on call. Where the calendar is kept is set on the schedule’s page.
        </p>
      )}
      <RestrictionFields
        legend="On call"
        without="Around the clock"
        restrictions={layer.restrictions}
        path={`${path}.restrictions`}
        onChange={(restrictions) => onChange({ ...layer, restrictions })}
      />
      <RestrictionFields
        legend="Each member’s own hours"
        without="Whenever it is their turn"
        hint={layer.ownHours.length === 0 ? undefined : OWN_HOURS_HINT}
        restrictions={layer.ownHours}
        path={`${path}.ownHours`}
        onChange={(ownHours) => onChange({ ...layer, ownHours })}
      />
      <PeriodFields layer={layer} path={path} onChange={onChange} />
    </div>
  );
}

const OWN_HOURS_HINT = "On the clocks of each member’s own time zone, in addition to the hours above.";

function summaryOf({ turns, rotation, restrictions, ownHours, calendarId }: EditorLayer): string {
  const people = new Set(turns.flatMap(({ userIds }) => userIds)).size;
  const hours = restrictionSentence(restrictions);
  return [
    ...(calendarId === null
      ? [people === 1 ? "1 person" : `${people} people`, rotationSentence(rotation)]
      : ["follows a calendar"]),
    ...(hours === null ? [] : [hours]),
    ...(ownHours.length === 0 ? [] : [`${restrictionSentence(ownHours)} of each member`]),
  ].join(" · ");
}
