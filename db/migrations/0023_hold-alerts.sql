ALTER TABLE "alerts" ADD COLUMN "paused_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "paused_by" text;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "held_because" text;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "terms" jsonb;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "tags" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "alerts_paused_idx" ON "alerts" USING btree ("paused_until") WHERE "alerts"."status" = 'triggered' and "alerts"."incident_id" is null and "alerts"."paused_until" is not null and not "alerts"."suppressed";--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_paused_by_check" CHECK ("alerts"."paused_by" in ('rules', 'auto_pause', 'flapping'));--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_paused_check" CHECK (("alerts"."paused_until" is null) = ("alerts"."paused_by" is null));--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_held_check" CHECK (not "alerts"."suppressed" or "alerts"."incident_id" is null);