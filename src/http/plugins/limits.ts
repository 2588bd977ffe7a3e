import rateLimit from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Problem } from '../../model/errors.js'

/** The service's own probes are never refused. */
const PROBES = ['/healthz', '/readyz', '/metrics']

const MAX_HEADERS = 100

/** Milliseconds the event loop may lag before new requests are turned away. */
const MAX_LAG = 2_000

/** Turns a request away while the event loop lags; the service's own probes are answered. */
export function refuseButProbes({ routeOptions }: Pick<FastifyRequest, 'routeOptions'>): void {
  if (!PROBES.includes(String(routeOptions.url))) throw new Problem('overloaded')
}

/** Refuses floods: too many headers of a request, too many requests of a client. */
export async function registerLimits(
  app: FastifyInstance,
  requestsPerMinute: number,
): Promise<void> {
  // One more than is allowed, so that the one too many is seen; Node drops the rest.
  app.server.maxHeadersCount = MAX_HEADERS + 1
  app.addHook('onRequest', async ({ raw }) => {
    if (raw.rawHeaders.length > 2 * MAX_HEADERS) throw new Problem('headers-too-large')
  })
  await app.register(underPressure, {
    maxEventLoopDelay: MAX_LAG,
    pressureHandler: refuseButProbes,
  })
  await app.register(rateLimit, {
    global: false,
    max: requestsPerMinute,
    timeWindow: 60_000,
    allowList: ({ routeOptions }) => PROBES.includes(String(routeOptions.url)),
    errorResponseBuilder: () => new Problem('rate-limited'),
  })
  // As a hook of the whole service it counts addresses without a route as well.
  app.addHook('onRequest', app.rateLimit())
}
