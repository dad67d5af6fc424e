CREATE TABLE "huddle" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"parent_id" uuid,
	"rehearsal" boolean NOT NULL,
	"anonymity" text NOT NULL,
	"steps" jsonb NOT NULL,
	"starts_at" timestamp with time zone,
	"code" text NOT NULL,
	"sealed_secret" text,
	"seq" integer DEFAULT 0 NOT NULL,
	"phase" text DEFAULT 'planned' NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "huddle_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "huddle_operation" (
	"workspace_id" uuid NOT NULL,
	"huddle_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"operation_id" uuid NOT NULL,
	"at" bigint,
	"seat_id" uuid,
	"role" text NOT NULL,
	"room" text,
	"team_id" uuid,
	"key" text NOT NULL,
	"operation" jsonb NOT NULL,
	CONSTRAINT "huddle_operation_workspace_id_huddle_id_seq_pk" PRIMARY KEY("workspace_id","huddle_id","seq")
);
--> statement-breakpoint
ALTER TABLE "huddle" ADD CONSTRAINT "huddle_parent" FOREIGN KEY ("workspace_id","parent_id") REFERENCES "public"."huddle"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "huddle_operation" ADD CONSTRAINT "huddle_operation_of" FOREIGN KEY ("workspace_id","huddle_id") REFERENCES "public"."huddle"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "huddle_code" ON "huddle" USING btree ("workspace_id","code");--> statement-breakpoint
CREATE INDEX "huddle_created" ON "huddle" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "huddle_operation_once" ON "huddle_operation" USING btree ("workspace_id","huddle_id","operation_id");