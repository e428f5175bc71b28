DROP INDEX "incidents_triggered_idx";--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "watched_schedule_ids" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
CREATE INDEX "incidents_watching_idx" ON "incidents" USING btree ("id") WHERE "incidents"."watched_schedule_ids" <> '{}';