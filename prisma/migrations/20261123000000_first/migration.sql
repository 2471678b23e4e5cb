-- CreateEnum
CREATE TYPE "search_state" AS ENUM ('DRAFT', 'QUEUED', 'RUNNING', 'PAUSED', 'COMPLETE', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "phase" AS ENUM ('teacher', 'distil', 'rate', 'solve', 'retrain');

-- CreateEnum
CREATE TYPE "job_state" AS ENUM ('QUEUED', 'RUNNING', 'COMPLETE', 'FAILED', 'CANCELLED');

-- CreateTable
CREATE TABLE "team" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "search" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "state" "search_state" NOT NULL,
    "phase" "phase",
    "spec" JSONB NOT NULL,
    "seed" INTEGER NOT NULL,
    "space_size" TEXT NOT NULL,
    "event_cursor" INTEGER NOT NULL DEFAULT 0,
    "idempotency_key" TEXT,
    "engine" TEXT,
    "failure_code" TEXT,
    "failure_message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "search_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dataset" (
    "search_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "classes" TEXT[],
    "size" INTEGER NOT NULL,
    "train_count" INTEGER NOT NULL,
    "test_count" INTEGER NOT NULL,
    "test_part" TEXT NOT NULL,
    "mean" JSONB NOT NULL,
    "std" JSONB NOT NULL,
    "rejected" JSONB NOT NULL,

    CONSTRAINT "dataset_pkey" PRIMARY KEY ("search_id")
);

-- CreateTable
CREATE TABLE "teacher" (
    "search_id" UUID NOT NULL,
    "architecture" TEXT NOT NULL,
    "params" BIGINT NOT NULL,
    "macs" BIGINT NOT NULL,
    "top1" DOUBLE PRECISION NOT NULL,
    "sha256" TEXT NOT NULL,
    "cuts" JSONB NOT NULL,

    CONSTRAINT "teacher_pkey" PRIMARY KEY ("search_id")
);

-- CreateTable
CREATE TABLE "cell" (
    "id" UUID NOT NULL,
    "search_id" UUID NOT NULL,
    "block" INTEGER NOT NULL,
    "index" INTEGER NOT NULL,
    "layers" INTEGER NOT NULL,
    "channels" INTEGER NOT NULL,
    "stride" INTEGER NOT NULL,
    "candidate_count" INTEGER NOT NULL,
    "sha256" TEXT,
    "final_loss" DOUBLE PRECISION,
    "steps" INTEGER,
    "best_path" TEXT,
    "best_loss" DOUBLE PRECISION,
    "rated_at" TIMESTAMPTZ(3),

    CONSTRAINT "cell_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job" (
    "id" UUID NOT NULL,
    "search_id" UUID NOT NULL,
    "kind" "phase" NOT NULL,
    "cell_id" UUID,
    "network_id" UUID,
    "state" "job_state" NOT NULL DEFAULT 'QUEUED',
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "retries" INTEGER NOT NULL DEFAULT 0,
    "queue_job_id" UUID NOT NULL,
    "done" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "total" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "unit" TEXT NOT NULL DEFAULT '',
    "per_second" DOUBLE PRECISION,
    "note" TEXT,
    "progress_at" TIMESTAMPTZ(3),
    "checkpoint_sha256" TEXT,
    "checkpoint_step" INTEGER,
    "failure_code" TEXT,
    "failure_message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run" (
    "job_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "trainer_id" TEXT NOT NULL,
    "engine" TEXT NOT NULL,
    "device" TEXT NOT NULL,
    "versions" JSONB NOT NULL,
    "state" "job_state" NOT NULL,
    "resumed_from_step" INTEGER,
    "failure_code" TEXT,
    "failure_message" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_pkey" PRIMARY KEY ("job_id","attempt")
);

-- CreateTable
CREATE TABLE "trainer" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "engine" TEXT NOT NULL,
    "device" TEXT NOT NULL,
    "last_seen" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "trainer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "curve_chunk" (
    "job_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "first_step" INTEGER NOT NULL,
    "last_step" INTEGER NOT NULL,
    "steps" INTEGER[],
    "values" DOUBLE PRECISION[],
    "wall_times" DOUBLE PRECISION[],

    CONSTRAINT "curve_chunk_pkey" PRIMARY KEY ("job_id","key","first_step")
) PARTITION BY HASH ("job_id");

-- CreateTable
CREATE TABLE "candidate" (
    "cell_id" UUID NOT NULL,
    "index" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "loss" DOUBLE PRECISION NOT NULL,
    "params" BIGINT NOT NULL,
    "macs" BIGINT NOT NULL,
    "flops_tool" BIGINT NOT NULL,
    "rank" INTEGER NOT NULL,

    CONSTRAINT "candidate_pkey" PRIMARY KEY ("cell_id","index")
);

-- CreateTable
CREATE TABLE "network" (
    "id" UUID NOT NULL,
    "search_id" UUID NOT NULL,
    "rank" INTEGER NOT NULL,
    "architecture" TEXT NOT NULL,
    "choices" JSONB NOT NULL,
    "loss" DOUBLE PRECISION NOT NULL,
    "params" BIGINT NOT NULL,
    "macs" BIGINT NOT NULL,
    "flops_tool" BIGINT NOT NULL,
    "seed" INTEGER NOT NULL,
    "top1" DOUBLE PRECISION,
    "sha256" TEXT,
    "tested_at" TIMESTAMPTZ(3),

    CONSTRAINT "network_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "entry" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "search_id" UUID NOT NULL,
    "network_id" UUID NOT NULL,
    "dataset_hash" TEXT NOT NULL,
    "architecture" TEXT NOT NULL,
    "params" BIGINT NOT NULL,
    "macs" BIGINT NOT NULL,
    "flops_tool" BIGINT NOT NULL,
    "top1" DOUBLE PRECISION NOT NULL,
    "teacher_top1" DOUBLE PRECISION NOT NULL,
    "predicted_rank" INTEGER NOT NULL,
    "predicted_loss" DOUBLE PRECISION NOT NULL,
    "sha256" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "artifact" (
    "sha256" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "artifact_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "event" (
    "search_id" UUID NOT NULL,
    "cursor" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_pkey" PRIMARY KEY ("search_id","cursor")
);

-- CreateIndex
CREATE UNIQUE INDEX "team_name_key" ON "team"("name");

-- CreateIndex
CREATE INDEX "search_created_at_id_idx" ON "search"("created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "search_team_id_idempotency_key_key" ON "search"("team_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "dataset_hash_idx" ON "dataset"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "cell_search_id_block_index_key" ON "cell"("search_id", "block", "index");

-- CreateIndex
CREATE INDEX "job_search_id_kind_idx" ON "job"("search_id", "kind");

-- CreateIndex
CREATE INDEX "job_state_idx" ON "job"("state");

-- CreateIndex
CREATE INDEX "job_cell_id_idx" ON "job"("cell_id");

-- CreateIndex
CREATE INDEX "job_network_id_idx" ON "job"("network_id");

-- CreateIndex
CREATE INDEX "run_trainer_id_idx" ON "run"("trainer_id");

-- CreateIndex
CREATE INDEX "candidate_cell_id_loss_index_idx" ON "candidate"("cell_id", "loss", "index");

-- CreateIndex
CREATE INDEX "candidate_cell_id_params_index_idx" ON "candidate"("cell_id", "params", "index");

-- CreateIndex
CREATE INDEX "candidate_cell_id_macs_index_idx" ON "candidate"("cell_id", "macs", "index");

-- CreateIndex
CREATE UNIQUE INDEX "network_search_id_rank_key" ON "network"("search_id", "rank");

-- CreateIndex
CREATE UNIQUE INDEX "entry_network_id_key" ON "entry"("network_id");

-- CreateIndex
CREATE INDEX "entry_team_id_top1_id_idx" ON "entry"("team_id", "top1", "id");

-- CreateIndex
CREATE INDEX "entry_search_id_idx" ON "entry"("search_id");

-- AddForeignKey
ALTER TABLE "search" ADD CONSTRAINT "search_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dataset" ADD CONSTRAINT "dataset_search_id_fkey" FOREIGN KEY ("search_id") REFERENCES "search"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "teacher" ADD CONSTRAINT "teacher_search_id_fkey" FOREIGN KEY ("search_id") REFERENCES "search"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "teacher" ADD CONSTRAINT "teacher_sha256_fkey" FOREIGN KEY ("sha256") REFERENCES "artifact"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cell" ADD CONSTRAINT "cell_search_id_fkey" FOREIGN KEY ("search_id") REFERENCES "search"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cell" ADD CONSTRAINT "cell_sha256_fkey" FOREIGN KEY ("sha256") REFERENCES "artifact"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_search_id_fkey" FOREIGN KEY ("search_id") REFERENCES "search"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_cell_id_fkey" FOREIGN KEY ("cell_id") REFERENCES "cell"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_network_id_fkey" FOREIGN KEY ("network_id") REFERENCES "network"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_checkpoint_sha256_fkey" FOREIGN KEY ("checkpoint_sha256") REFERENCES "artifact"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_trainer_id_fkey" FOREIGN KEY ("trainer_id") REFERENCES "trainer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "curve_chunk" ADD CONSTRAINT "curve_chunk_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "candidate" ADD CONSTRAINT "candidate_cell_id_fkey" FOREIGN KEY ("cell_id") REFERENCES "cell"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "network" ADD CONSTRAINT "network_search_id_fkey" FOREIGN KEY ("search_id") REFERENCES "search"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "network" ADD CONSTRAINT "network_sha256_fkey" FOREIGN KEY ("sha256") REFERENCES "artifact"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entry" ADD CONSTRAINT "entry_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entry" ADD CONSTRAINT "entry_search_id_fkey" FOREIGN KEY ("search_id") REFERENCES "search"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entry" ADD CONSTRAINT "entry_network_id_fkey" FOREIGN KEY ("network_id") REFERENCES "network"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entry" ADD CONSTRAINT "entry_sha256_fkey" FOREIGN KEY ("sha256") REFERENCES "artifact"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event" ADD CONSTRAINT "event_search_id_fkey" FOREIGN KEY ("search_id") REFERENCES "search"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand from here on: what the schema language cannot say.

-- Eight partitions keep each table and its index small enough to be vacuumed while trainers write.
DO $$
BEGIN
  FOR i IN 0..7 LOOP
    EXECUTE format(
      'CREATE TABLE "curve_chunk_%s" PARTITION OF "curve_chunk" FOR VALUES WITH (MODULUS 8, REMAINDER %s)',
      i, i
    );
  END LOOP;
END $$;

-- NaN and infinity are failures with a reason, never values. Postgres sorts NaN above infinity.
ALTER TABLE "candidate" ADD CONSTRAINT "candidate_loss_finite"
  CHECK ("loss" >= 0 AND "loss" < 'Infinity');
ALTER TABLE "cell" ADD CONSTRAINT "cell_losses_finite"
  CHECK ("final_loss" >= 0 AND "final_loss" < 'Infinity' AND "best_loss" >= 0 AND "best_loss" < 'Infinity');
ALTER TABLE "network" ADD CONSTRAINT "network_values_finite"
  CHECK ("loss" >= 0 AND "loss" < 'Infinity' AND "top1" BETWEEN 0 AND 1);
ALTER TABLE "teacher" ADD CONSTRAINT "teacher_top1_share" CHECK ("top1" BETWEEN 0 AND 1);
ALTER TABLE "entry" ADD CONSTRAINT "entry_top1_share" CHECK ("top1" BETWEEN 0 AND 1);
ALTER TABLE "curve_chunk" ADD CONSTRAINT "curve_chunk_finite"
  CHECK (NOT "values" && ARRAY['NaN', 'Infinity', '-Infinity']::double precision[]);
ALTER TABLE "curve_chunk" ADD CONSTRAINT "curve_chunk_columns"
  CHECK (
    cardinality("steps") > 0
    AND cardinality("values") = cardinality("steps")
    AND cardinality("wall_times") = cardinality("steps")
    AND "steps"[1] = "first_step"
    AND "steps"[cardinality("steps")] = "last_step"
  );
ALTER TABLE "search" ADD CONSTRAINT "search_space_size_digits" CHECK ("space_size" ~ '^[0-9]+$');

-- Finished rows never change, whatever a forgotten process still believes.
CREATE FUNCTION "refuse_update"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a finished row of % does not change', TG_TABLE_NAME;
END $$;
CREATE TRIGGER "search_final" BEFORE UPDATE ON "search" FOR EACH ROW
  WHEN (OLD."state" IN ('COMPLETE', 'FAILED', 'CANCELLED')) EXECUTE FUNCTION "refuse_update"();
CREATE TRIGGER "job_final" BEFORE UPDATE ON "job" FOR EACH ROW
  WHEN (OLD."state" IN ('COMPLETE', 'FAILED', 'CANCELLED')) EXECUTE FUNCTION "refuse_update"();
CREATE TRIGGER "run_final" BEFORE UPDATE ON "run" FOR EACH ROW
  WHEN (OLD."state" IN ('COMPLETE', 'FAILED', 'CANCELLED')) EXECUTE FUNCTION "refuse_update"();
CREATE TRIGGER "candidate_final" BEFORE UPDATE ON "candidate" FOR EACH ROW
  EXECUTE FUNCTION "refuse_update"();
CREATE TRIGGER "event_final" BEFORE UPDATE ON "event" FOR EACH ROW
  EXECUTE FUNCTION "refuse_update"();
CREATE TRIGGER "entry_final" BEFORE UPDATE ON "entry" FOR EACH ROW
  EXECUTE FUNCTION "refuse_update"();

-- The one team there is until accounts exist; the services know it by this id.
INSERT INTO "team" ("id", "name") VALUES ('00000000-0000-7000-8000-000000000001', 'local');
