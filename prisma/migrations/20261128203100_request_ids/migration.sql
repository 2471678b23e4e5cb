-- Jobs say which request asked for them, so that a trainer's log and the API's tell of the same.
ALTER TABLE "job" ADD COLUMN     "request_id" TEXT;
