import { type Context, context, isSpanContextValid, type Span, trace } from '@opentelemetry/api';

const form = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Where a span stands in its trace, as the W3C writes it; null for one that nobody records. */
export function traceparentOf(span: Span | undefined): string | null {
  const at = span?.spanContext();
  if (at === undefined || !isSpanContextValid(at)) return null;
  const flags = at.traceFlags.toString(16).padStart(2, '0');
  return `00-${at.traceId}-${at.spanId}-${flags}`;
}

/** The context below a span of another process; the one that is active for what is no traceparent. */
export function contextBelow(traceparent: string | null | undefined): Context {
  const [, traceId, spanId, flags] = form.exec(traceparent ?? '') ?? [];
  if (traceId === undefined || spanId === undefined) return context.active();
  const at = { traceId, spanId, traceFlags: Number.parseInt(flags ?? '0', 16), isRemote: true };
  return trace.setSpanContext(context.active(), at);
}
