-- Lists of searches are followed live, as trainers are: a row says in which transaction it changed last.

-- AlterTable
ALTER TABLE "search" ADD COLUMN     "changed_in" xid8 NOT NULL DEFAULT pg_current_xact_id(),
ADD COLUMN     "hidden_in" xid8;

-- CreateIndex
CREATE INDEX "search_changed_in_idx" ON "search"("changed_in");

-- CreateIndex
CREATE INDEX "search_state_idx" ON "search"("state");

-- Finished searches too say that they were named anew, or that an audit of theirs has ended.
DROP TRIGGER "search_final" ON "search";
DROP TRIGGER "search_complete" ON "search";
CREATE TRIGGER "search_final" BEFORE UPDATE ON "search" FOR EACH ROW
  WHEN (OLD."state" IN ('FAILED', 'CANCELLED') AND NOT (OLD."state" = 'FAILED' AND NEW."state" = 'RUNNING'))
  EXECUTE FUNCTION "refuse_all_but"('visibility', 'name', 'tags', 'created_by_id', 'search_space_id', 'changed_in', 'hidden_in');
CREATE TRIGGER "search_complete" BEFORE UPDATE ON "search" FOR EACH ROW
  WHEN (OLD."state" = 'COMPLETE')
  EXECUTE FUNCTION "refuse_all_but"('visibility', 'name', 'tags', 'created_by_id', 'search_space_id', 'event_cursor', 'priority', 'changed_in', 'hidden_in');

-- Who waits for news of any search is called by the notice that events send. What changes without an
-- event sends one itself, with the cursor as it is.
CREATE FUNCTION note_search_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.changed_in := pg_current_xact_id();
  IF TG_OP = 'UPDATE' THEN
    IF NEW.visibility < OLD.visibility THEN
      NEW.hidden_in := NEW.changed_in;
    END IF;
    IF (OLD.name, OLD.tags, OLD.visibility, OLD.created_by_id)
      IS DISTINCT FROM (NEW.name, NEW.tags, NEW.visibility, NEW.created_by_id) THEN
      PERFORM pg_notify('blockwise_events', format('{"searchId":"%s","cursor":%s}', NEW.id, NEW.event_cursor));
    END IF;
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER search_appears BEFORE INSERT ON search
  FOR EACH ROW EXECUTE FUNCTION note_search_change();

-- That its cursor moves, with every event, is not written twice.
CREATE TRIGGER search_changes BEFORE UPDATE ON search
  FOR EACH ROW WHEN ((OLD.name, OLD.tags, OLD.visibility, OLD.state, OLD.phase, OLD.failure_code, OLD.created_by_id)
    IS DISTINCT FROM (NEW.name, NEW.tags, NEW.visibility, NEW.state, NEW.phase, NEW.failure_code, NEW.created_by_id))
  EXECUTE FUNCTION note_search_change();

-- A job that begins or ends: its writer holds the search's row. The event of it sends the notice.
CREATE FUNCTION note_search_of_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE search SET changed_in = pg_current_xact_id()
  WHERE id = NEW.search_id AND changed_in <> pg_current_xact_id();
  RETURN NULL;
END
$$;

CREATE TRIGGER search_of_job_changes AFTER UPDATE OF state ON job
  FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state)
  EXECUTE FUNCTION note_search_of_job();
