import rateLimit from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import type { FastifyInstance } from 'fastify'
import { Problem } from '../../model/errors.js'

/** The service's own probes are answered even when it refuses everything else. */
const PROBES = ['/healthz', '/readyz', '/metrics']

/** Milliseconds a turn of the event loop may take on average over a second. */
const MAX_DELAY = 1000
const MAX_HEADERS = 100

/** Refuses floods: too many requests of a client, a service that cannot keep up, too many headers. */
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
    maxEventLoopDelay: MAX_DELAY,
    pressureHandler: async ({ routeOptions }) => {
      if (!PROBES.includes(String(routeOptions.url))) throw new Problem('overloaded')
    },
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
