-- Layers written before this kept the number of their turns only as far as the last turn that somebody has.
ALTER TABLE "schedule_layers" ADD COLUMN "turn_count" integer NOT NULL DEFAULT 0;--> statement-breakpoint
UPDATE "schedule_layers" AS l SET "turn_count" = m.turns
FROM (SELECT "layer_row_id", max("turn") + 1 AS turns FROM "schedule_layer_members" GROUP BY "layer_row_id") AS m
WHERE m."layer_row_id" = l."id";--> statement-breakpoint
ALTER TABLE "schedule_layers" ALTER COLUMN "turn_count" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "schedule_layers" ADD CONSTRAINT "schedule_layers_turn_count_key" UNIQUE("id","turn_count");--> statement-breakpoint
ALTER TABLE "schedule_layers" ADD CONSTRAINT "schedule_layers_turn_count_check" CHECK ("schedule_layers"."turn_count" >= 0);--> statement-breakpoint
ALTER TABLE "schedule_layer_members" DROP CONSTRAINT "schedule_layer_members_layer_row_id_schedule_layers_id_fk";--> statement-breakpoint
ALTER TABLE "schedule_layer_members" ADD COLUMN "turn_count" integer NOT NULL DEFAULT 0;--> statement-breakpoint
UPDATE "schedule_layer_members" AS m SET "turn_count" = l."turn_count" FROM "schedule_layers" AS l WHERE l."id" = m."layer_row_id";--> statement-breakpoint
ALTER TABLE "schedule_layer_members" ALTER COLUMN "turn_count" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "schedule_layer_members" ADD CONSTRAINT "schedule_layer_members_layer_fk" FOREIGN KEY ("layer_row_id","turn_count") REFERENCES "public"."schedule_layers"("id","turn_count") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_layer_members" ADD CONSTRAINT "schedule_layer_members_turn_check" CHECK ("schedule_layer_members"."turn" >= 0 and "schedule_layer_members"."turn" < "schedule_layer_members"."turn_count");
