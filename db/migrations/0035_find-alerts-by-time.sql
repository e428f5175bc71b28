ALTER TABLE "service_noise" ALTER COLUMN "storm_mode" SET DEFAULT false;--> statement-breakpoint
CREATE INDEX "alerts_created_idx" ON "alerts" USING btree ("created_at","id");