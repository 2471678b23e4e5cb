-- Files that nothing needs are removed some time after they were stored last.
-- AlterTable
ALTER TABLE "artifact" ADD COLUMN     "stored_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;


UPDATE "artifact" SET "stored_at" = "created_at";

-- Of a finished job one thing changes: its checkpoints are forgotten, when nobody goes on from them.
CREATE FUNCTION "refuse_finished_job"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  forgotten text[] := '{}';
BEGIN
  IF NEW."checkpoint_sha256" IS NULL AND NEW."earlier_checkpoint_sha256" IS NULL THEN
    forgotten := '{checkpoint_sha256,checkpoint_step,earlier_checkpoint_sha256,earlier_checkpoint_step}';
  END IF;
  IF to_jsonb(OLD) - forgotten <> to_jsonb(NEW) - forgotten THEN
    RAISE EXCEPTION 'a finished row of % does not change', TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER "job_final" ON "job";
CREATE TRIGGER "job_final" BEFORE UPDATE ON "job" FOR EACH ROW
  WHEN (OLD."state" IN ('COMPLETE', 'FAILED', 'CANCELLED')
    AND NOT (OLD."state" IN ('FAILED', 'CANCELLED') AND NEW."state" = 'QUEUED'))
  EXECUTE FUNCTION "refuse_finished_job"();

-- Whether its disk is full is news to those who follow trainers.
DROP TRIGGER "trainer_changes" ON "trainer";
CREATE TRIGGER "trainer_changes" BEFORE UPDATE ON "trainer"
  FOR EACH ROW WHEN ((OLD.name, OLD.engine, OLD.device, OLD.lost, OLD.is_draining, OLD.is_disk_full)
    IS DISTINCT FROM (NEW.name, NEW.engine, NEW.device, NEW.lost, NEW.is_draining, NEW.is_disk_full))
  EXECUTE FUNCTION note_trainer_change();
