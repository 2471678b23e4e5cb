import { context, trace } from '@opentelemetry/api';

/** Tracing of a process. */
export interface Tracing {
  /** Sends what is waiting, and stops. */
  stop(): Promise<void>;
}

/**
 * Sends traces by OTLP over HTTP, as JSON, to where `OTEL_EXPORTER_OTLP_ENDPOINT` (or
 * `…_TRACES_ENDPOINT`) says; other standard variables count too. Without one nothing is loaded,
 * recorded or sent.
 */
export async function startTracing(app: string, version: string): Promise<Tracing> {
  const { env } = process;
  const isWanted =
    (env.OTEL_EXPORTER_OTLP_ENDPOINT || env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) &&
    env.OTEL_SDK_DISABLED !== 'true';
  if (!isWanted) return { stop: async () => undefined };
  const [{ AsyncLocalStorageContextManager }, sdk, { OTLPTraceExporter }, resources] =
    await Promise.all([
      import('@opentelemetry/context-async-hooks'),
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const provider = new sdk.TracerProvider({
    resource: resources.resourceFromAttributes({
      'service.name': env.OTEL_SERVICE_NAME || `blockwise-${app}`,
      'service.version': version,
    }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  trace.setGlobalTracerProvider(provider);
  return { stop: () => provider.shutdown() };
}
