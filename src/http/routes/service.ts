import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Problem } from '../../model/errors.js'
import { answers } from '../describe.js'
import type { RouteParts } from '../parts.js'

const Alive = z.strictObject({ status: z.literal('ok') })
const Ready = z.strictObject({
  status: z.literal('ready'),
  rulebook: z.strictObject({ digest: z.string() }),
})

/** GET /healthz, /readyz and /metrics: for those who run the service. */
export function serviceRoutes(
  app: FastifyInstance,
  { rulebook, metrics, ledger }: RouteParts,
): void {
  const tags = ['service']
  const config = { open: true }
  const alive = {
    operationId: 'isAlive',
    tags,
    summary: 'The process answers',
    response: answers('It does', Alive, [431]),
  }
  app.get('/healthz', { schema: alive, config }, async () => ({ status: 'ok' }))
  const ready = {
    operationId: 'isReady',
    tags,
    summary: 'The rulebook is loaded and the store answers',
    response: answers('They do', Ready, [431, 503]),
  }
  const state = { status: 'ready', rulebook: { digest: rulebook.digest } }
  app.get('/readyz', { schema: ready, config }, async () => {
    if (ledger === undefined) throw new Problem('store-unavailable')
    await ledger.store.size()
    return state
  })
  app.get('/metrics', { schema: { hide: true }, config }, async (_request, reply) => {
    void reply.type(metrics.registry.contentType)
    return metrics.registry.metrics()
  })
}
