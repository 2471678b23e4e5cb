-- Jobs say which trace they belong to, so that what trainers do joins the trace of the mutation.
ALTER TABLE "job" ADD COLUMN     "traceparent" TEXT;
