CREATE TABLE "account" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"token" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "session_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "user" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "user_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "verification" (
	"id" uuid PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone,
	"updated_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "lookup" (
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"workspace" uuid NOT NULL,
	CONSTRAINT "lookup_kind_key_workspace_pk" PRIMARY KEY("kind","key","workspace")
);
--> statement-breakpoint
CREATE TABLE "agreement" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"seen" text,
	"seen_at" timestamp with time zone,
	CONSTRAINT "agreement_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "agreement_signature" (
	"workspace_id" uuid NOT NULL,
	"agreement_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"side" text NOT NULL,
	"user_id" uuid NOT NULL,
	"person_id" uuid,
	"name" text NOT NULL,
	"signed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "agreement_signature_workspace_id_agreement_id_version_side_pk" PRIMARY KEY("workspace_id","agreement_id","version","side")
);
--> statement-breakpoint
CREATE TABLE "agreement_version" (
	"workspace_id" uuid NOT NULL,
	"agreement_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"term" jsonb,
	"commitment" jsonb,
	"ends" boolean DEFAULT false NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"proposed_side" text,
	"proposed_by" uuid NOT NULL,
	"proposed_by_name" text NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"signed_at" timestamp with time zone,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "agreement_version_workspace_id_agreement_id_version_pk" PRIMARY KEY("workspace_id","agreement_id","version")
);
--> statement-breakpoint
CREATE TABLE "commitment_clock" (
	"workspace_id" uuid NOT NULL,
	"agreement_id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"lead_version" integer NOT NULL,
	"basis" text NOT NULL,
	"version" integer NOT NULL,
	"counts" boolean NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone,
	"warn_at" timestamp with time zone,
	"escalate_at" timestamp with time zone,
	"met_at" timestamp with time zone,
	"stopped" boolean NOT NULL,
	CONSTRAINT "commitment_clock_workspace_id_agreement_id_lead_id_pk" PRIMARY KEY("workspace_id","agreement_id","lead_id")
);
--> statement-breakpoint
CREATE TABLE "commitment_notice" (
	"workspace_id" uuid NOT NULL,
	"agreement_id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"step" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "commitment_notice_workspace_id_agreement_id_lead_id_step_pk" PRIMARY KEY("workspace_id","agreement_id","lead_id","step")
);
--> statement-breakpoint
CREATE TABLE "review" (
	"workspace_id" uuid NOT NULL,
	"period" text NOT NULL,
	"held_on" date,
	CONSTRAINT "review_workspace_id_period_pk" PRIMARY KEY("workspace_id","period")
);
--> statement-breakpoint
CREATE TABLE "review_action" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"period" text NOT NULL,
	"text" text NOT NULL,
	"side" text,
	"owner" text NOT NULL,
	"due_on" date,
	"done_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "review_action_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "work_calendar" (
	"workspace_id" uuid NOT NULL,
	"territory" text NOT NULL,
	"territory_key" text NOT NULL,
	"calendar" jsonb NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "work_calendar_workspace_id_territory_key_pk" PRIMARY KEY("workspace_id","territory_key")
);
--> statement-breakpoint
CREATE TABLE "answer_comment" (
	"workspace_id" uuid NOT NULL,
	"wave_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"function" text NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "answer_comment_workspace_id_wave_id_id_pk" PRIMARY KEY("workspace_id","wave_id","id")
);
--> statement-breakpoint
CREATE TABLE "answer_set" (
	"workspace_id" uuid NOT NULL,
	"wave_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"block_id" text NOT NULL,
	"function" text NOT NULL,
	"answers" "bytea" NOT NULL,
	CONSTRAINT "answer_set_workspace_id_wave_id_id_pk" PRIMARY KEY("workspace_id","wave_id","id")
);
--> statement-breakpoint
CREATE TABLE "ballot_box" (
	"workspace_id" uuid NOT NULL,
	"wave_id" uuid NOT NULL,
	"serial" "bytea" NOT NULL,
	"leaf_id" text NOT NULL,
	"signature" "bytea" NOT NULL,
	"answers" "bytea" NOT NULL,
	"comment" text,
	"mixed" boolean DEFAULT false NOT NULL,
	CONSTRAINT "ballot_box_workspace_id_wave_id_serial_pk" PRIMARY KEY("workspace_id","wave_id","serial")
);
--> statement-breakpoint
CREATE TABLE "ballot_issue" (
	"workspace_id" uuid NOT NULL,
	"wave_id" uuid NOT NULL,
	"invitation_id" uuid NOT NULL,
	"blinded_hash" "bytea" NOT NULL,
	"mixed" boolean DEFAULT false NOT NULL,
	CONSTRAINT "ballot_issue_workspace_id_wave_id_invitation_id_pk" PRIMARY KEY("workspace_id","wave_id","invitation_id")
);
--> statement-breakpoint
CREATE TABLE "instrument" (
	"workspace_id" uuid NOT NULL,
	"instrument_id" text NOT NULL,
	"version" text NOT NULL,
	"definition" jsonb NOT NULL,
	"loaded_by" uuid,
	"loaded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "instrument_workspace_id_instrument_id_version_pk" PRIMARY KEY("workspace_id","instrument_id","version")
);
--> statement-breakpoint
CREATE TABLE "invitation" (
	"workspace_id" uuid NOT NULL,
	"wave_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid,
	"leaf_id" text NOT NULL,
	CONSTRAINT "invitation_workspace_id_wave_id_id_pk" PRIMARY KEY("workspace_id","wave_id","id")
);
--> statement-breakpoint
CREATE TABLE "leaf" (
	"workspace_id" uuid NOT NULL,
	"wave_id" uuid NOT NULL,
	"id" text NOT NULL,
	"function" text NOT NULL,
	"path" jsonb NOT NULL,
	"invited" integer NOT NULL,
	"spki" "bytea" NOT NULL,
	CONSTRAINT "leaf_workspace_id_wave_id_id_pk" PRIMARY KEY("workspace_id","wave_id","id")
);
--> statement-breakpoint
CREATE TABLE "leaf_key" (
	"workspace_id" uuid NOT NULL,
	"wave_id" uuid NOT NULL,
	"leaf_id" text NOT NULL,
	"sealed_private" "bytea" NOT NULL,
	CONSTRAINT "leaf_key_workspace_id_wave_id_leaf_id_pk" PRIMARY KEY("workspace_id","wave_id","leaf_id")
);
--> statement-breakpoint
CREATE TABLE "wave" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"setup" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"previous_wave_id" uuid,
	"instrument" jsonb,
	"trees" jsonb,
	"list_hash" text,
	"launched_at" timestamp with time zone,
	"opens_at" timestamp with time zone,
	"closes_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"discarded" text[],
	"blocks" jsonb,
	"published_at" timestamp with time zone,
	"reminded" integer[],
	"reminded_at" timestamp with time zone,
	"share_hash" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "wave_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "wave_result" (
	"workspace_id" uuid NOT NULL,
	"wave_id" uuid NOT NULL,
	"rules" text NOT NULL,
	"results" jsonb NOT NULL,
	CONSTRAINT "wave_result_workspace_id_wave_id_pk" PRIMARY KEY("workspace_id","wave_id")
);
--> statement-breakpoint
CREATE TABLE "wave_secret" (
	"workspace_id" uuid NOT NULL,
	"wave_id" uuid NOT NULL,
	"sealed" "bytea" NOT NULL,
	CONSTRAINT "wave_secret_workspace_id_wave_id_pk" PRIMARY KEY("workspace_id","wave_id")
);
--> statement-breakpoint
CREATE TABLE "intake_batch" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"hook_id" uuid,
	"message_id" text,
	"digest" text NOT NULL,
	"kind" text NOT NULL,
	"label" text NOT NULL,
	"counts" jsonb NOT NULL,
	"rejected" jsonb NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	CONSTRAINT "intake_batch_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "intake_hook" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"name" text NOT NULL,
	"sealed_secret" text NOT NULL,
	"made_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "intake_hook_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "record_times" (
	"workspace_id" uuid NOT NULL,
	"record_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"times" jsonb NOT NULL,
	CONSTRAINT "record_times_workspace_id_record_id_pk" PRIMARY KEY("workspace_id","record_id")
);
--> statement-breakpoint
CREATE TABLE "customer_note" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"record_id" uuid NOT NULL,
	"text" text NOT NULL,
	"user_id" uuid,
	"author" text NOT NULL,
	"function" text,
	"written_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone,
	"removed_at" timestamp with time zone,
	CONSTRAINT "customer_note_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "record_gone" (
	"workspace_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"key_digest" text NOT NULL,
	"record_id" uuid NOT NULL,
	CONSTRAINT "record_gone_workspace_id_source_id_kind_key_digest_pk" PRIMARY KEY("workspace_id","source_id","kind","key_digest")
);
--> statement-breakpoint
CREATE TABLE "event" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"lead_key" text,
	"contact_key" text,
	"account_key" text,
	"deal_key" text,
	"email_key" text,
	"channel" text,
	"type" text,
	"amount" double precision,
	"data" jsonb NOT NULL,
	"created_by" uuid,
	"changed_by" uuid,
	CONSTRAINT "event_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "import_row" (
	"workspace_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"key" text NOT NULL,
	"outcome" text,
	"problem" text,
	"detail" text,
	"data" jsonb NOT NULL,
	CONSTRAINT "import_row_workspace_id_import_id_line_pk" PRIMARY KEY("workspace_id","import_id","line")
);
--> statement-breakpoint
CREATE TABLE "match_run" (
	"workspace_id" uuid NOT NULL,
	"state" text NOT NULL,
	"read_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"records" integer DEFAULT 0 NOT NULL,
	"linked" integer DEFAULT 0 NOT NULL,
	"review" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "match_run_workspace_id_pk" PRIMARY KEY("workspace_id")
);
--> statement-breakpoint
CREATE TABLE "record" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"party_id" uuid NOT NULL,
	"name" text,
	"email_key" text,
	"company" text,
	"owner" text,
	"channel" text,
	"status" text,
	"lead_key" text,
	"contact_key" text,
	"account_key" text,
	"amount" double precision,
	"entered_at" timestamp with time zone,
	"opted_out" boolean DEFAULT false NOT NULL,
	"data" jsonb NOT NULL,
	"created_by" uuid,
	"changed_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "record_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "record_change" (
	"workspace_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"record_id" uuid NOT NULL,
	"before" jsonb NOT NULL,
	"changed_by_before" uuid,
	CONSTRAINT "record_change_workspace_id_import_id_record_id_pk" PRIMARY KEY("workspace_id","import_id","record_id")
);
--> statement-breakpoint
CREATE TABLE "record_import" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"file_name" text NOT NULL,
	"file_hash" text NOT NULL,
	"file_bytes" double precision NOT NULL,
	"headings" jsonb NOT NULL,
	"mapping" jsonb NOT NULL,
	"looked" jsonb DEFAULT '{"samples":[],"dates":"certain","decimals":"certain","confirmed":false}'::jsonb NOT NULL,
	"state" text NOT NULL,
	"progress" integer DEFAULT 0 NOT NULL,
	"counts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"fault" text,
	"made_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"applied_at" timestamp with time zone,
	"reverted_at" timestamp with time zone,
	CONSTRAINT "record_import_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "record_link" (
	"workspace_id" uuid NOT NULL,
	"a_id" uuid NOT NULL,
	"b_id" uuid NOT NULL,
	"state" text NOT NULL,
	"matched" text,
	"probability" double precision,
	"evidence" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"reasons" text[] DEFAULT '{}' NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone NOT NULL,
	CONSTRAINT "record_link_workspace_id_a_id_b_id_pk" PRIMARY KEY("workspace_id","a_id","b_id")
);
--> statement-breakpoint
CREATE TABLE "record_mapping" (
	"workspace_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"signature" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	CONSTRAINT "record_mapping_workspace_id_source_id_signature_pk" PRIMARY KEY("workspace_id","source_id","signature")
);
--> statement-breakpoint
CREATE TABLE "source" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"side" text NOT NULL,
	"time_zone" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	CONSTRAINT "source_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "cause_verdict" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"cause" text NOT NULL,
	"verdict" text NOT NULL,
	"note" text NOT NULL,
	"wave_id" uuid,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"taken_back_at" timestamp with time zone,
	CONSTRAINT "cause_verdict_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "diagnosis" (
	"workspace_id" uuid NOT NULL,
	"facts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"corrected" text,
	"corrected_note" text DEFAULT '' NOT NULL,
	"relationship" text,
	"reasons" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"views" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"changed_by_name" text NOT NULL,
	CONSTRAINT "diagnosis_workspace_id_pk" PRIMARY KEY("workspace_id")
);
--> statement-breakpoint
CREATE TABLE "integration_item" (
	"workspace_id" uuid NOT NULL,
	"item" text NOT NULL,
	"state" text,
	"owner" text DEFAULT '' NOT NULL,
	"due_on" date,
	"note" text DEFAULT '' NOT NULL,
	"version" integer NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"changed_by_name" text NOT NULL,
	CONSTRAINT "integration_item_workspace_id_item_pk" PRIMARY KEY("workspace_id","item")
);
--> statement-breakpoint
CREATE TABLE "dashboard" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"metrics" jsonb NOT NULL,
	"unit" text NOT NULL,
	"split" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created_by_name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"removed_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "dashboard_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "dashboard_mail" (
	"workspace_id" uuid NOT NULL,
	"dashboard_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"email" text NOT NULL,
	"every" text NOT NULL,
	"last_for" date NOT NULL,
	CONSTRAINT "dashboard_mail_workspace_id_dashboard_id_user_id_pk" PRIMARY KEY("workspace_id","dashboard_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "goal" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"unit" text NOT NULL,
	"starts_on" date NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "goal_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "goal_signature" (
	"workspace_id" uuid NOT NULL,
	"goal_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"side" text NOT NULL,
	"user_id" uuid NOT NULL,
	"person_id" uuid,
	"name" text NOT NULL,
	"signed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "goal_signature_workspace_id_goal_id_version_side_pk" PRIMARY KEY("workspace_id","goal_id","version","side")
);
--> statement-breakpoint
CREATE TABLE "goal_version" (
	"workspace_id" uuid NOT NULL,
	"goal_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"amount" double precision NOT NULL,
	"currency" text NOT NULL,
	"quota" double precision,
	"margin" double precision,
	"note" text DEFAULT '' NOT NULL,
	"proposed_side" text,
	"proposed_by" uuid NOT NULL,
	"proposed_by_name" text NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"signed_at" timestamp with time zone,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "goal_version_workspace_id_goal_id_version_pk" PRIMARY KEY("workspace_id","goal_id","version")
);
--> statement-breakpoint
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
	"concluded" jsonb,
	"handed_over_at" timestamp with time zone,
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
CREATE TABLE "improvement_action" (
	"workspace_id" uuid NOT NULL,
	"problem_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"text" text NOT NULL,
	"by" text NOT NULL,
	"owner_user_id" uuid,
	"owner_name" text NOT NULL,
	"due_on" date,
	"effect" text DEFAULT '' NOT NULL,
	"easy" boolean NOT NULL,
	"visible" boolean NOT NULL,
	"direct" boolean NOT NULL,
	"solution" text,
	"state" text NOT NULL,
	"done_at" timestamp with time zone,
	"carried" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"reminded_on" date,
	"overdue_told" date,
	"created_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "improvement_action_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "improvement_answer" (
	"workspace_id" uuid NOT NULL,
	"problem_id" uuid NOT NULL,
	"lens" text NOT NULL,
	"question" text NOT NULL,
	"text" text NOT NULL,
	"name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "improvement_answer_workspace_id_problem_id_lens_question_pk" PRIMARY KEY("workspace_id","problem_id","lens","question")
);
--> statement-breakpoint
CREATE TABLE "improvement_check_in" (
	"workspace_id" uuid NOT NULL,
	"problem_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"action_id" uuid,
	"course" text NOT NULL,
	"note" text NOT NULL,
	"name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "improvement_check_in_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "improvement_problem" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"title" text NOT NULL,
	"area" text NOT NULL,
	"cause" text,
	"state" text NOT NULL,
	"position" integer NOT NULL,
	"leadership_part" text DEFAULT '' NOT NULL,
	"measure" text,
	"target" double precision,
	"due_on" date,
	"said_measure" text,
	"said_wave_id" uuid,
	"recorded_measure" text,
	"recorded_baseline" jsonb,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"ended_note" text DEFAULT '' NOT NULL,
	"solved_reading" jsonb,
	"solved_wave_id" uuid,
	"huddle_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"created_by_name" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "improvement_problem_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "improvement_raised" (
	"workspace_id" uuid NOT NULL,
	"challenge" text NOT NULL,
	"note" text NOT NULL,
	"name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "improvement_raised_workspace_id_challenge_pk" PRIMARY KEY("workspace_id","challenge")
);
--> statement-breakpoint
CREATE TABLE "improvement_solution" (
	"workspace_id" uuid NOT NULL,
	"problem_id" uuid NOT NULL,
	"solution" text NOT NULL,
	"why" text NOT NULL,
	"name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "improvement_solution_workspace_id_problem_id_solution_pk" PRIMARY KEY("workspace_id","problem_id","solution")
);
--> statement-breakpoint
CREATE TABLE "department_function" (
	"workspace_id" uuid NOT NULL,
	"department" text NOT NULL,
	"function" text,
	CONSTRAINT "department_function_workspace_id_department_pk" PRIMARY KEY("workspace_id","department")
);
--> statement-breakpoint
CREATE TABLE "people_import_mapping" (
	"workspace_id" uuid NOT NULL,
	"signature" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	CONSTRAINT "people_import_mapping_workspace_id_signature_pk" PRIMARY KEY("workspace_id","signature")
);
--> statement-breakpoint
CREATE TABLE "people_change" (
	"workspace_id" uuid NOT NULL,
	"change_set_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"before" jsonb,
	"after" jsonb NOT NULL,
	CONSTRAINT "people_change_workspace_id_change_set_id_person_id_pk" PRIMARY KEY("workspace_id","change_set_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "people_change_set" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"label" text NOT NULL,
	"counts" jsonb NOT NULL,
	"made_by" uuid,
	"made_at" timestamp with time zone NOT NULL,
	"reverted_at" timestamp with time zone,
	"rules" jsonb,
	CONSTRAINT "people_change_set_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "people_import_run" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"state" text NOT NULL,
	"share" double precision NOT NULL,
	"begun_at" timestamp with time zone NOT NULL,
	CONSTRAINT "people_import_run_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "person" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_key" text NOT NULL,
	"function" text,
	"level" text,
	"territory" text,
	"manager_id" uuid,
	"start_date" date,
	"worked_in_other_function" boolean,
	"department" text,
	"site" text,
	"by_rule" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	CONSTRAINT "person_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "site_territory" (
	"workspace_id" uuid NOT NULL,
	"site" text NOT NULL,
	"territory" text NOT NULL,
	CONSTRAINT "site_territory_workspace_id_site_pk" PRIMARY KEY("workspace_id","site")
);
--> statement-breakpoint
CREATE TABLE "handoff" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"record_id" uuid NOT NULL,
	"state" text NOT NULL,
	"to_person_id" uuid,
	"offered_by" uuid,
	"offered_by_name" text NOT NULL,
	"offered_at" timestamp with time zone NOT NULL,
	"offer_note" text,
	"offer_act" uuid NOT NULL,
	"due_at" timestamp with time zone,
	"decided_at" timestamp with time zone,
	"decided_by" text,
	"decision_act" uuid,
	"reason" text,
	"note" text,
	"nurture_until" timestamp with time zone,
	"disputed_at" timestamp with time zone,
	"disputed_by" text,
	"dispute_note" text,
	"settled_at" timestamp with time zone,
	"settled_by" text,
	"settle_note" text,
	"term_versions" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "handoff_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "handoff_link" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"handoff_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"token_hash" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "handoff_link_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "pipeline_setting" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"return_reasons" jsonb NOT NULL,
	"person_views" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "saved_view" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"made_by" text NOT NULL,
	"name" text NOT NULL,
	"filters" jsonb NOT NULL,
	"shared" boolean NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "saved_view_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "webhook" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"url" text NOT NULL,
	"events" text[] NOT NULL,
	"sealed_secret" text NOT NULL,
	"made_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"given_up" integer DEFAULT 0 NOT NULL,
	"paused_at" timestamp with time zone,
	"paused_why" text,
	"removed_at" timestamp with time zone,
	CONSTRAINT "webhook_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "webhook_delivery" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"webhook_id" uuid NOT NULL,
	"event_id" text NOT NULL,
	"event" text NOT NULL,
	"about_id" uuid,
	"body" text NOT NULL,
	"state" text NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"last_try_at" timestamp with time zone,
	"last_status" integer,
	"last_problem" text,
	"last_answer" text,
	"created_at" timestamp with time zone NOT NULL,
	"place" integer NOT NULL,
	CONSTRAINT "webhook_delivery_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "answer" (
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"computed_at" timestamp with time zone NOT NULL,
	"data_at" timestamp with time zone,
	"revision" text NOT NULL,
	"content" jsonb NOT NULL,
	"leads" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "answer_workspace_id_name_pk" PRIMARY KEY("workspace_id","name")
);
--> statement-breakpoint
CREATE TABLE "count_dispute" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"row" text NOT NULL,
	"rule" text NOT NULL,
	"from" text,
	"to" text,
	"figure" integer NOT NULL,
	"note" text NOT NULL,
	"made_by" uuid NOT NULL,
	"made_by_name" text NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	"settled_by_name" text,
	"answer" text,
	CONSTRAINT "count_dispute_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "lead" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"pipeline_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"origin" text NOT NULL,
	"name" text,
	"company" text,
	"channel" text,
	"owner" text,
	"stage_id" uuid NOT NULL,
	"stage_since" timestamp with time zone NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	"end" text NOT NULL,
	"ended_at" timestamp with time zone,
	"reason" text,
	"furthest" integer NOT NULL,
	"amount" double precision,
	"passed_at" timestamp with time zone,
	"arrived_at" timestamp with time zone,
	"contacted_at" timestamp with time zone,
	"returned_at" timestamp with time zone,
	"return_reason" text,
	"marketing_records" integer NOT NULL,
	"sales_records" integer NOT NULL,
	"passes" timestamp with time zone[] DEFAULT '{}' NOT NULL,
	"marketing_entries" timestamp with time zone[] DEFAULT '{}' NOT NULL,
	"sales_owner" text,
	"territory" text,
	"industry" text,
	"nurture_until" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"portion" smallint GENERATED ALWAYS AS (get_byte(uuid_send(id), 15)) STORED,
	CONSTRAINT "lead_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "lead_revision" (
	"workspace_id" uuid NOT NULL,
	"portion" smallint NOT NULL,
	"revision" uuid NOT NULL,
	CONSTRAINT "lead_revision_workspace_id_portion_pk" PRIMARY KEY("workspace_id","portion")
);
--> statement-breakpoint
CREATE TABLE "pipeline" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	CONSTRAINT "pipeline_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "stage" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"pipeline_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"role" text,
	"owner" text NOT NULL,
	"buyer" text,
	"criteria" text DEFAULT '' NOT NULL,
	"contribution" text DEFAULT '' NOT NULL,
	"term_id" uuid,
	"archived_at" timestamp with time zone,
	"moves_to" uuid,
	CONSTRAINT "stage_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "stage_event" (
	"workspace_id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"stage_id" uuid NOT NULL,
	"reason" text,
	"actor" text,
	"from" text NOT NULL,
	"record_id" uuid NOT NULL,
	"act" uuid,
	"withdraws" uuid,
	CONSTRAINT "stage_event_workspace_id_lead_id_id_pk" PRIMARY KEY("workspace_id","lead_id","id")
);
--> statement-breakpoint
CREATE TABLE "stage_term" (
	"workspace_id" uuid NOT NULL,
	"stage_id" uuid NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"term_id" uuid,
	CONSTRAINT "stage_term_workspace_id_stage_id_since_pk" PRIMARY KEY("workspace_id","stage_id","since")
);
--> statement-breakpoint
CREATE TABLE "stage_word" (
	"workspace_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"word" text NOT NULL,
	"spelling" text NOT NULL,
	"stage_id" uuid,
	CONSTRAINT "stage_word_workspace_id_source_id_word_pk" PRIMARY KEY("workspace_id","source_id","word")
);
--> statement-breakpoint
CREATE TABLE "api_token" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"token_hash" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_token_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "audit_event" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor_id" uuid,
	"actor_label" text NOT NULL,
	"action" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text,
	"details" jsonb NOT NULL,
	CONSTRAINT "audit_event_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "member" (
	"workspace_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"person_id" uuid,
	"joined_at" timestamp with time zone NOT NULL,
	"last_visit_at" timestamp with time zone,
	CONSTRAINT "member_workspace_id_user_id_pk" PRIMARY KEY("workspace_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "outbox_mail" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"recipient" text NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"link" text,
	"wave_id" uuid,
	"invitation_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"failure" text,
	"spent" boolean DEFAULT false NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"not_before" timestamp with time zone,
	"delay" text,
	CONSTRAINT "outbox_mail_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "workspace" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"time_zone" text NOT NULL,
	"left_side" text NOT NULL,
	"is_demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workspace_invitation" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"person_id" uuid,
	"token_hash" text NOT NULL,
	"invited_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "workspace_invitation_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_signature" ADD CONSTRAINT "agreement_signature_workspace_id_agreement_id_version_agreement_version_workspace_id_agreement_id_version_fk" FOREIGN KEY ("workspace_id","agreement_id","version") REFERENCES "public"."agreement_version"("workspace_id","agreement_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_version" ADD CONSTRAINT "agreement_version_workspace_id_agreement_id_agreement_workspace_id_id_fk" FOREIGN KEY ("workspace_id","agreement_id") REFERENCES "public"."agreement"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commitment_clock" ADD CONSTRAINT "commitment_clock_workspace_id_lead_id_lead_workspace_id_id_fk" FOREIGN KEY ("workspace_id","lead_id") REFERENCES "public"."lead"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commitment_clock" ADD CONSTRAINT "commitment_clock_workspace_id_agreement_id_version_agreement_version_workspace_id_agreement_id_version_fk" FOREIGN KEY ("workspace_id","agreement_id","version") REFERENCES "public"."agreement_version"("workspace_id","agreement_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commitment_notice" ADD CONSTRAINT "commitment_notice_workspace_id_agreement_id_agreement_workspace_id_id_fk" FOREIGN KEY ("workspace_id","agreement_id") REFERENCES "public"."agreement"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_person" FOREIGN KEY ("workspace_id","person_id") REFERENCES "public"."person"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_workspace_id_wave_id_leaf_id_leaf_workspace_id_wave_id_id_fk" FOREIGN KEY ("workspace_id","wave_id","leaf_id") REFERENCES "public"."leaf"("workspace_id","wave_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leaf" ADD CONSTRAINT "leaf_workspace_id_wave_id_wave_workspace_id_id_fk" FOREIGN KEY ("workspace_id","wave_id") REFERENCES "public"."wave"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intake_batch" ADD CONSTRAINT "intake_batch_source" FOREIGN KEY ("workspace_id","source_id") REFERENCES "public"."source"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intake_hook" ADD CONSTRAINT "intake_hook_source" FOREIGN KEY ("workspace_id","source_id") REFERENCES "public"."source"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_import" ADD CONSTRAINT "record_import_workspace_id_source_id_source_workspace_id_id_fk" FOREIGN KEY ("workspace_id","source_id") REFERENCES "public"."source"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_link" ADD CONSTRAINT "record_link_a" FOREIGN KEY ("workspace_id","a_id") REFERENCES "public"."record"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_link" ADD CONSTRAINT "record_link_b" FOREIGN KEY ("workspace_id","b_id") REFERENCES "public"."record"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dashboard_mail" ADD CONSTRAINT "dashboard_mail_workspace_id_dashboard_id_dashboard_workspace_id_id_fk" FOREIGN KEY ("workspace_id","dashboard_id") REFERENCES "public"."dashboard"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goal_signature" ADD CONSTRAINT "goal_signature_workspace_id_goal_id_version_goal_version_workspace_id_goal_id_version_fk" FOREIGN KEY ("workspace_id","goal_id","version") REFERENCES "public"."goal_version"("workspace_id","goal_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goal_version" ADD CONSTRAINT "goal_version_workspace_id_goal_id_goal_workspace_id_id_fk" FOREIGN KEY ("workspace_id","goal_id") REFERENCES "public"."goal"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "huddle" ADD CONSTRAINT "huddle_parent" FOREIGN KEY ("workspace_id","parent_id") REFERENCES "public"."huddle"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "huddle_operation" ADD CONSTRAINT "huddle_operation_of" FOREIGN KEY ("workspace_id","huddle_id") REFERENCES "public"."huddle"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "improvement_action" ADD CONSTRAINT "improvement_action_workspace_id_problem_id_improvement_problem_workspace_id_id_fk" FOREIGN KEY ("workspace_id","problem_id") REFERENCES "public"."improvement_problem"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "improvement_answer" ADD CONSTRAINT "improvement_answer_workspace_id_problem_id_improvement_problem_workspace_id_id_fk" FOREIGN KEY ("workspace_id","problem_id") REFERENCES "public"."improvement_problem"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "improvement_check_in" ADD CONSTRAINT "improvement_check_in_workspace_id_action_id_improvement_action_workspace_id_id_fk" FOREIGN KEY ("workspace_id","action_id") REFERENCES "public"."improvement_action"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "improvement_check_in" ADD CONSTRAINT "improvement_check_in_workspace_id_problem_id_improvement_problem_workspace_id_id_fk" FOREIGN KEY ("workspace_id","problem_id") REFERENCES "public"."improvement_problem"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "improvement_solution" ADD CONSTRAINT "improvement_solution_workspace_id_problem_id_improvement_problem_workspace_id_id_fk" FOREIGN KEY ("workspace_id","problem_id") REFERENCES "public"."improvement_problem"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people_change" ADD CONSTRAINT "people_change_workspace_id_change_set_id_people_change_set_workspace_id_id_fk" FOREIGN KEY ("workspace_id","change_set_id") REFERENCES "public"."people_change_set"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person" ADD CONSTRAINT "person_manager" FOREIGN KEY ("workspace_id","manager_id") REFERENCES "public"."person"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handoff_link" ADD CONSTRAINT "handoff_link_handoff" FOREIGN KEY ("workspace_id","handoff_id") REFERENCES "public"."handoff"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_webhook" FOREIGN KEY ("workspace_id","webhook_id") REFERENCES "public"."webhook"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage" ADD CONSTRAINT "stage_workspace_id_pipeline_id_pipeline_workspace_id_id_fk" FOREIGN KEY ("workspace_id","pipeline_id") REFERENCES "public"."pipeline"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_term" ADD CONSTRAINT "stage_term_stage" FOREIGN KEY ("workspace_id","stage_id") REFERENCES "public"."stage"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_word" ADD CONSTRAINT "stage_word_workspace_id_stage_id_stage_workspace_id_id_fk" FOREIGN KEY ("workspace_id","stage_id") REFERENCES "public"."stage"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_person" FOREIGN KEY ("workspace_id","person_id") REFERENCES "public"."person"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox_mail" ADD CONSTRAINT "outbox_mail_workspace_id_workspace_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workspace_invitation" ADD CONSTRAINT "workspace_invitation_person" FOREIGN KEY ("workspace_id","person_id") REFERENCES "public"."person"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_user" ON "account" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "session_user" ON "session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "verification_identifier" ON "verification" USING btree ("identifier");--> statement-breakpoint
CREATE INDEX "lookup_workspace" ON "lookup" USING btree ("workspace");--> statement-breakpoint
CREATE UNIQUE INDEX "agreement_name" ON "agreement" USING btree ("workspace_id","kind","name_key");--> statement-breakpoint
CREATE UNIQUE INDEX "agreement_signature_user" ON "agreement_signature" USING btree ("workspace_id","agreement_id","version","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "agreement_signature_person" ON "agreement_signature" USING btree ("workspace_id","agreement_id","version","person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "agreement_version_waiting" ON "agreement_version" USING btree ("workspace_id","agreement_id") WHERE signed_at is null and withdrawn_at is null;--> statement-breakpoint
CREATE INDEX "commitment_clock_due" ON "commitment_clock" USING btree ("workspace_id","agreement_id","due_at");--> statement-breakpoint
CREATE INDEX "commitment_clock_lead" ON "commitment_clock" USING btree ("workspace_id","lead_id");--> statement-breakpoint
CREATE INDEX "commitment_clock_open" ON "commitment_clock" USING btree ("workspace_id","due_at") WHERE met_at is null and counts and not stopped;--> statement-breakpoint
CREATE INDEX "review_action_period" ON "review_action" USING btree ("workspace_id","period");--> statement-breakpoint
CREATE INDEX "wave_state" ON "wave" USING btree ("workspace_id","state");--> statement-breakpoint
CREATE UNIQUE INDEX "intake_batch_message" ON "intake_batch" USING btree ("workspace_id","source_id","message_id");--> statement-breakpoint
CREATE INDEX "intake_batch_received" ON "intake_batch" USING btree ("workspace_id","received_at");--> statement-breakpoint
CREATE INDEX "customer_note_record" ON "customer_note" USING btree ("workspace_id","record_id");--> statement-breakpoint
CREATE INDEX "record_gone_record" ON "record_gone" USING btree ("workspace_id","record_id");--> statement-breakpoint
CREATE UNIQUE INDEX "event_key" ON "event" USING btree ("workspace_id","source_id","kind","key");--> statement-breakpoint
CREATE INDEX "event_lead" ON "event" USING btree ("workspace_id","lead_key","source_id","kind") WHERE lead_key is not null;--> statement-breakpoint
CREATE INDEX "event_contact" ON "event" USING btree ("workspace_id","contact_key","source_id","kind") WHERE contact_key is not null;--> statement-breakpoint
CREATE INDEX "event_deal" ON "event" USING btree ("workspace_id","deal_key","source_id","kind") WHERE deal_key is not null;--> statement-breakpoint
CREATE INDEX "event_email" ON "event" USING btree ("workspace_id","email_key","source_id","kind") WHERE email_key is not null;--> statement-breakpoint
CREATE INDEX "event_created_by" ON "event" USING btree ("workspace_id","created_by");--> statement-breakpoint
CREATE INDEX "event_changed_by" ON "event" USING btree ("workspace_id","changed_by") WHERE changed_by is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "record_key" ON "record" USING btree ("workspace_id","source_id","kind","key");--> statement-breakpoint
CREATE INDEX "record_party" ON "record" USING btree ("workspace_id","party_id");--> statement-breakpoint
CREATE INDEX "record_email" ON "record" USING btree ("workspace_id","email_key");--> statement-breakpoint
CREATE INDEX "record_lead_key" ON "record" USING btree ("workspace_id","lead_key","source_id","kind") WHERE lead_key is not null;--> statement-breakpoint
CREATE INDEX "record_contact_key" ON "record" USING btree ("workspace_id","contact_key","source_id","kind") WHERE contact_key is not null;--> statement-breakpoint
CREATE INDEX "record_created_by" ON "record" USING btree ("workspace_id","created_by") WHERE changed_by is distinct from created_by;--> statement-breakpoint
CREATE INDEX "record_changed_by" ON "record" USING btree ("workspace_id","changed_by");--> statement-breakpoint
CREATE INDEX "record_import_made" ON "record_import" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "record_link_b" ON "record_link" USING btree ("workspace_id","b_id");--> statement-breakpoint
CREATE INDEX "record_link_state" ON "record_link" USING btree ("workspace_id","state");--> statement-breakpoint
CREATE INDEX "record_link_waiting" ON "record_link" USING btree ("workspace_id","probability" DESC NULLS LAST,"a_id","b_id") WHERE state = 'review';--> statement-breakpoint
CREATE UNIQUE INDEX "source_name" ON "source" USING btree ("workspace_id","name");--> statement-breakpoint
CREATE INDEX "cause_verdict_at" ON "cause_verdict" USING btree ("workspace_id","cause","at");--> statement-breakpoint
CREATE INDEX "dashboard_name" ON "dashboard" USING btree ("workspace_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "goal_period" ON "goal" USING btree ("workspace_id","unit","starts_on");--> statement-breakpoint
CREATE UNIQUE INDEX "goal_signature_user" ON "goal_signature" USING btree ("workspace_id","goal_id","version","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "goal_signature_person" ON "goal_signature" USING btree ("workspace_id","goal_id","version","person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "goal_version_waiting" ON "goal_version" USING btree ("workspace_id","goal_id") WHERE signed_at is null and withdrawn_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "huddle_code" ON "huddle" USING btree ("workspace_id","code");--> statement-breakpoint
CREATE INDEX "huddle_created" ON "huddle" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "huddle_operation_once" ON "huddle_operation" USING btree ("workspace_id","huddle_id","operation_id");--> statement-breakpoint
CREATE INDEX "improvement_action_problem" ON "improvement_action" USING btree ("workspace_id","problem_id");--> statement-breakpoint
CREATE INDEX "improvement_check_in_problem" ON "improvement_check_in" USING btree ("workspace_id","problem_id","at");--> statement-breakpoint
CREATE INDEX "improvement_check_in_action" ON "improvement_check_in" USING btree ("workspace_id","action_id");--> statement-breakpoint
CREATE UNIQUE INDEX "improvement_one_runs" ON "improvement_problem" USING btree ("workspace_id") WHERE state = 'running';--> statement-breakpoint
CREATE INDEX "people_change_set_made" ON "people_change_set" USING btree ("workspace_id","made_at");--> statement-breakpoint
CREATE UNIQUE INDEX "person_email_key" ON "person" USING btree ("workspace_id","email_key");--> statement-breakpoint
CREATE INDEX "person_manager_id" ON "person" USING btree ("workspace_id","manager_id");--> statement-breakpoint
CREATE INDEX "handoff_lead" ON "handoff" USING btree ("workspace_id","lead_id","offered_at");--> statement-breakpoint
CREATE INDEX "handoff_state" ON "handoff" USING btree ("workspace_id","state","due_at");--> statement-breakpoint
CREATE INDEX "handoff_offered" ON "handoff" USING btree ("workspace_id","offered_at");--> statement-breakpoint
CREATE INDEX "handoff_to" ON "handoff" USING btree ("workspace_id","to_person_id","state");--> statement-breakpoint
CREATE INDEX "handoff_record" ON "handoff" USING btree ("workspace_id","record_id");--> statement-breakpoint
CREATE INDEX "handoff_offer_act" ON "handoff" USING btree ("workspace_id","offer_act");--> statement-breakpoint
CREATE INDEX "handoff_decision_act" ON "handoff" USING btree ("workspace_id","decision_act");--> statement-breakpoint
CREATE UNIQUE INDEX "handoff_link_token" ON "handoff_link" USING btree ("workspace_id","token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "saved_view_name" ON "saved_view" USING btree ("workspace_id","user_id","name");--> statement-breakpoint
CREATE INDEX "webhook_delivery_due" ON "webhook_delivery" USING btree ("workspace_id","state","due_at");--> statement-breakpoint
CREATE INDEX "webhook_delivery_made" ON "webhook_delivery" USING btree ("workspace_id","webhook_id","created_at");--> statement-breakpoint
CREATE INDEX "webhook_delivery_about" ON "webhook_delivery" USING btree ("workspace_id","webhook_id","about_id","state");--> statement-breakpoint
CREATE INDEX "count_dispute_made" ON "count_dispute" USING btree ("workspace_id","made_at");--> statement-breakpoint
CREATE INDEX "lead_portion" ON "lead" USING btree ("workspace_id","portion");--> statement-breakpoint
CREATE INDEX "lead_stage" ON "lead" USING btree ("workspace_id","pipeline_id","stage_id","stage_since");--> statement-breakpoint
CREATE INDEX "lead_entered" ON "lead" USING btree ("workspace_id","entered_at","id");--> statement-breakpoint
CREATE INDEX "lead_since" ON "lead" USING btree ("workspace_id","stage_since","id");--> statement-breakpoint
CREATE INDEX "lead_industry" ON "lead" USING btree ("workspace_id","industry","entered_at","id") WHERE industry is not null;--> statement-breakpoint
CREATE INDEX "lead_territory" ON "lead" USING btree ("workspace_id","territory","entered_at","id") WHERE territory is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "pipeline_name" ON "pipeline" USING btree ("workspace_id","name");--> statement-breakpoint
CREATE INDEX "stage_pipeline" ON "stage" USING btree ("workspace_id","pipeline_id","position");--> statement-breakpoint
CREATE INDEX "stage_event_act" ON "stage_event" USING btree ("workspace_id","act") WHERE "stage_event"."act" is not null;--> statement-breakpoint
CREATE INDEX "stage_event_record" ON "stage_event" USING btree ("workspace_id","record_id") WHERE "stage_event"."from" <> 'import';--> statement-breakpoint
CREATE INDEX "audit_event_at" ON "audit_event" USING btree ("workspace_id","at");--> statement-breakpoint
CREATE INDEX "outbox_mail_created" ON "outbox_mail" USING btree ("workspace_id","created_at");