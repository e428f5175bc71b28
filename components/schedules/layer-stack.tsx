"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { useAnnounce } from "#components/layout/announcer";
import { LayerEditor } from "#components/schedules/layer-editor";
import { Button } from "#components/ui/button";
import { toast } from "#components/ui/toaster";
import { moved } from "#lib/on-call/editor-draft";
import type { EditorDraft, EditorLayer } from "#lib/on-call/editor-draft";
import { weekly } from "#lib/on-call/templates";

interface LayerStackProps {
  draft: EditorDraft;
  today: string;
  isNew: boolean;
  onChange: (draft: EditorDraft) => void;
}

/** The layers as they lie on each other: the upper ones win. */
export function LayerStack({ draft, today, isNew, onChange }: LayerStackProps) {
  const { layers } = draft;
  const announce = useAnnounce();
  const [open, setOpen] = useState<string | null>(
    layers.length === 1 || isNew ? (layers[0]?.key ?? null) : null,
  );
  const put = (changed: EditorLayer[]) => onChange({ ...draft, layers: changed });
  const add = () => {
    const key = crypto.randomUUID();
    put([...layers, weekly(`Layer ${layers.length + 1}`, `${today}T09:00`, [], key)]);
    setOpen(key);
    announce("Layer added on top");
  };
  const move = (index: number, direction: "up" | "down") => {
    // The list is shown upside down: up is towards the end of the document.
    put(moved(layers, index, direction === "up" ? 1 : -1));
    announce(`Layer moved ${direction}`);
  };
  const remove = (layer: EditorLayer) => {
    put(layers.filter(({ key }) => key !== layer.key));
    toast.info(
      layer.id === null ? `Layer ${layer.name} removed.` : `Layer ${layer.name} ends when you publish.`,
      {
        action: { label: "Undo", onPress: () => onChange(draft) },
      },
    );
  };
  return (
    <section aria-label="Layers" className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-2">
        <h2 className="text-body font-semibold">
          Layers <span className="text-meta font-regular text-text-3">the upper ones win</span>
        </h2>
        <Button size="small" icon={<Plus aria-hidden />} onClick={add}>
          Add layer
        </Button>
      </div>
      {layers.length === 0 ? (
        <p className="rounded-card border border-dashed border-border-strong/60 px-4 py-6 text-center text-body text-text-2">
          Without a layer nobody is on call.
        </p>
      ) : null}
      <ol className="flex flex-col gap-2">
        {layers
          .map((layer, index) => (
            <LayerEditor
              key={layer.key}
              layer={layer}
              path={`layers.${index}`}
              isOpen={open === layer.key}
              isTop={index === layers.length - 1}
              isBottom={index === 0}
              onToggle={() => setOpen(open === layer.key ? null : layer.key)}
              onChange={(changed) =>
                put(layers.map((other) => (other.key === changed.key ? changed : other)))
              }
              onMove={(direction) => move(index, direction)}
              onRemove={() => remove(layer)}
            />
          ))
          .toReversed()}
      </ol>
    </section>
  );
}
