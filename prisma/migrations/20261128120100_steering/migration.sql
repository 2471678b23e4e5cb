-- People steer searches and trainers: a search has a priority, a failed one may be taken up again, and
-- a trainer can be drained.

-- CreateEnum
CREATE TYPE "search_priority" AS ENUM ('LOW', 'NORMAL', 'HIGH');

-- AlterTable
ALTER TABLE "search" ADD COLUMN     "priority" "search_priority" NOT NULL DEFAULT 'NORMAL';

-- AlterTable
ALTER TABLE "trainer" ADD COLUMN     "is_draining" BOOLEAN NOT NULL DEFAULT false;

-- A finished row changes in one way only: a person has the failed job of a failed search tried again,
-- and what was cancelled with it. Its runs stay what they were.
DROP TRIGGER "search_final" ON "search";
CREATE TRIGGER "search_final" BEFORE UPDATE ON "search" FOR EACH ROW
  WHEN (OLD."state" IN ('FAILED', 'CANCELLED') AND NOT (OLD."state" = 'FAILED' AND NEW."state" = 'RUNNING'))
  EXECUTE FUNCTION "refuse_all_but"('visibility', 'name', 'tags', 'created_by_id', 'search_space_id');
DROP TRIGGER "job_final" ON "job";
CREATE TRIGGER "job_final" BEFORE UPDATE ON "job" FOR EACH ROW
  WHEN (OLD."state" IN ('COMPLETE', 'FAILED', 'CANCELLED')
    AND NOT (OLD."state" IN ('FAILED', 'CANCELLED') AND NEW."state" = 'QUEUED'))
  EXECUTE FUNCTION "refuse_update"();

-- What is done for a complete search has a priority too.
DROP TRIGGER "search_complete" ON "search";
CREATE TRIGGER "search_complete" BEFORE UPDATE ON "search" FOR EACH ROW
  WHEN (OLD."state" = 'COMPLETE')
  EXECUTE FUNCTION "refuse_all_but"('visibility', 'name', 'tags', 'created_by_id', 'search_space_id', 'event_cursor', 'priority');

-- Whether it is drained is news to those who follow trainers.
DROP TRIGGER "trainer_changes" ON "trainer";
CREATE TRIGGER "trainer_changes" BEFORE UPDATE ON "trainer"
  FOR EACH ROW WHEN ((OLD.name, OLD.engine, OLD.device, OLD.lost, OLD.is_draining)
    IS DISTINCT FROM (NEW.name, NEW.engine, NEW.device, NEW.lost, NEW.is_draining))
  EXECUTE FUNCTION note_trainer_change();
