"use client";

import { ArrowDown, ArrowUp, X } from "lucide-react";
import { useAnnounce } from "#components/layout/announcer";
import { useEditor } from "#components/schedules/layer-context";
import { PersonAdder } from "#components/schedules/person-adder";
import { FieldErrors } from "#components/ui/field";
import { IconButton } from "#components/ui/icon-button";
import { Avatar } from "#components/ui/person-chip";
import { moved } from "#lib/on-call/editor-draft";
import type { DraftTurn } from "#lib/on-call/editor-draft";

interface TurnEditorProps {
  turns: readonly DraftTurn[];
  path: string;
  onChange: (turns: DraftTurn[]) => void;
}

/** Who takes turns, in which order; several people in one turn are on call together. */
export function TurnEditor({ turns, path, onChange }: TurnEditorProps) {
  const { people, errorsFor } = useEditor();
  const announce = useAnnounce();
  const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? id;
  const namesOf = (turn: DraftTurn) => turn.userIds.map(nameOf).join(" and ");
  const move = (index: number, step: 1 | -1) => {
    const turn = turns[index];
    onChange(moved(turns, index, step));
    if (turn)
      announce(
        `${namesOf(turn)}: turn ${Math.min(turns.length, Math.max(1, index + 1 + step))} of ${turns.length}`,
      );
  };
  const replace = (turn: DraftTurn) =>
    onChange(
      turns.flatMap((other) => (other.key !== turn.key ? [other] : turn.userIds.length === 0 ? [] : [turn])),
    );
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1.5 text-table font-medium">People, in the order of their turns</legend>
      {turns.length === 0 ? null : (
        <ol className="flex flex-col divide-y rounded-control border">
          {turns.map((turn, index) => (
            <TurnRow
              key={turn.key}
              turn={turn}
              position={index + 1}
              total={turns.length}
              name={namesOf(turn)}
              nameOf={nameOf}
              onMove={(step) => move(index, step)}
              onChange={replace}
            />
          ))}
        </ol>
      )}
      <FieldErrors errors={errorsFor(`${path}.turns`)} />
      <PersonAdder
        label="Add a person"
        placeholder="Add a person…"
        people={people}
        onAdd={(userId) => {
          onChange([...turns, { key: crypto.randomUUID(), userIds: [userId] }]);
          announce(`${nameOf(userId)} added as turn ${turns.length + 1}`);
        }}
      />
    </fieldset>
  );
}

interface TurnRowProps {
  turn: DraftTurn;
  position: number;
  total: number;
  name: string;
  nameOf: (id: string) => string;
  onMove: (step: 1 | -1) => void;
  /** A turn without people goes. */
  onChange: (turn: DraftTurn) => void;
}

function TurnRow({ turn, position, total, name, nameOf, onMove, onChange }: TurnRowProps) {
  const { people } = useEditor();
  const others = people.filter(({ id }) => !turn.userIds.includes(id));
  return (
    <li className="flex items-start gap-1 py-1 pr-1 pl-2.5">
      <span aria-hidden className="tabular w-5 shrink-0 pt-1.5 text-meta text-text-3">
        {position}
      </span>
      <ul className="flex min-w-0 flex-1 flex-col gap-1 pt-1">
        {turn.userIds.map((id) => (
          <li key={id} className="flex min-h-6 items-center gap-1.5 text-body">
            <Avatar id={id} name={nameOf(id)} />
            <span className="min-w-0 truncate">{nameOf(id)}</span>
            {turn.userIds.length > 1 ? (
              <IconButton
                size="small"
                name={`Take ${nameOf(id)} out of turn ${position}`}
                icon={<X aria-hidden />}
                onClick={() => onChange({ ...turn, userIds: turn.userIds.filter((other) => other !== id) })}
              />
            ) : null}
          </li>
        ))}
        <li>
          <PersonAdder
            isSmall
            label={`Somebody else beside ${name}`}
            placeholder="together with…"
            people={others}
            onAdd={(userId) => onChange({ ...turn, userIds: [...turn.userIds, userId] })}
          />
        </li>
      </ul>
      <span className="flex shrink-0">
        <IconButton
          size="small"
          name={`Move ${name} up`}
          aria-disabled={position === 1}
          icon={<ArrowUp aria-hidden />}
          onClick={() => onMove(-1)}
        />
        <IconButton
          size="small"
          name={`Move ${name} down`}
          aria-disabled={position === total}
          icon={<ArrowDown aria-hidden />}
          onClick={() => onMove(1)}
        />
        <IconButton
          size="small"
          name={`Remove ${name}`}
          icon={<X aria-hidden />}
          onClick={() => onChange({ ...turn, userIds: [] })}
        />
      </span>
    </li>
  );
}
