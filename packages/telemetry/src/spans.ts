import { type Attributes, context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { contextBelow, traceparentOf } from './traceparent.ts';
import { currentWork } from './work.ts';

const tracer = () => trace.getTracer('blockwise');

export interface SpanOptions {
  readonly attributes?: Attributes;
  /** Of what it is a part, in another process; of what runs now if not given. */
  readonly below?: string | null;
  readonly kind?: 'server' | 'consumer';
}

const kinds = { server: SpanKind.SERVER, consumer: SpanKind.CONSUMER };

/** Runs code as one span of a trace: what it throws is noted and thrown on. */
export function spanned<Result>(
  name: string,
  { attributes = {}, below, kind }: SpanOptions,
  run: () => Promise<Result>,
): Promise<Result> {
  const options = { attributes, kind: kind === undefined ? SpanKind.INTERNAL : kinds[kind] };
  return tracer().startActiveSpan(name, options, contextBelow(below), async (span) => {
    try {
      return await run();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      span.setStatus({ code: SpanStatusCode.ERROR, message });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** A job that is being enqueued: where its attempts belong, and how to say that it was. */
export interface EnqueuedSpan {
  /** For the job's row: what every attempt at it is below; null outside of any trace. */
  readonly traceparent: string | null;
  end(attributes: Attributes): void;
}

/** A span for a job that is enqueued by what runs now. */
export function enqueuedSpan(kind: string): EnqueuedSpan {
  const span = tracer().startSpan(`job ${kind}`, { kind: SpanKind.PRODUCER });
  return {
    // Where this process records nothing, the job stays part of the trace that it comes from.
    traceparent: traceparentOf(span) ?? currentWork()?.traceparent ?? null,
    end(attributes) {
      span.setAttributes(attributes).end();
    },
  };
}

/** Steps of one batch last at least so long: a span for each would drown the others. */
const batchMilliseconds = 10_000;

/** Spans for batches of steps, of some ten seconds each, below what runs when it is made. */
export function stepSpans(): {
  report(done: number, total: number, unit: string): void;
  end(): void;
} {
  const parent = context.active();
  let began = { at: Date.now(), done: 0, unit: '' };
  let last = began;
  const close = () => {
    if (last.unit === '' || last.done <= began.done) return;
    tracer()
      .startSpan(
        last.unit,
        { startTime: began.at, attributes: { from: began.done, to: last.done } },
        parent,
      )
      .end(last.at);
  };
  return {
    report(done, total, unit) {
      const now = { at: Date.now(), done, unit };
      // Other work is counted anew, and so is what begins again.
      if (unit !== last.unit || done < last.done) {
        close();
        began = { at: last.at, done: 0, unit };
      }
      last = now;
      if (now.at - began.at < batchMilliseconds && done < total) return;
      close();
      began = now;
    },
    end: close,
  };
}
