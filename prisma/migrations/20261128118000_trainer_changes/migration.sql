-- Trainers are followed live. A row says in which transaction it changed last: whoever keeps a snapshot
-- finds what was committed since, and no writer waits for another to count.

-- AlterTable
ALTER TABLE "run" ADD COLUMN     "changed_in" xid8 NOT NULL DEFAULT pg_current_xact_id();

-- AlterTable
ALTER TABLE "trainer" ADD COLUMN     "changed_in" xid8 NOT NULL DEFAULT pg_current_xact_id(),
ADD COLUMN     "lost" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "run_changed_in_idx" ON "run"("changed_in");

-- CreateIndex
CREATE INDEX "trainer_changed_in_idx" ON "trainer"("changed_in");

CREATE FUNCTION note_trainer_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.changed_in := pg_current_xact_id();
  PERFORM pg_notify('blockwise_trainers', '{}');
  RETURN NEW;
END
$$;

CREATE TRIGGER trainer_appears BEFORE INSERT ON trainer
  FOR EACH ROW EXECUTE FUNCTION note_trainer_change();

-- That it lives is written every few seconds and is no news.
CREATE TRIGGER trainer_changes BEFORE UPDATE ON trainer
  FOR EACH ROW WHEN ((OLD.name, OLD.engine, OLD.device, OLD.lost) IS DISTINCT FROM (NEW.name, NEW.engine, NEW.device, NEW.lost))
  EXECUTE FUNCTION note_trainer_change();

CREATE TRIGGER trainer_begins_run BEFORE INSERT ON run
  FOR EACH ROW EXECUTE FUNCTION note_trainer_change();

CREATE TRIGGER trainer_ends_run BEFORE UPDATE ON run
  FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state)
  EXECUTE FUNCTION note_trainer_change();
