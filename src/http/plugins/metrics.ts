import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** The figures of one service; labels are routes, statuses and outcomes, never facts. */
export interface Metrics {
  readonly registry: Registry
  readonly determinations: Counter<'outcome'>
  readonly decisions: Counter<'repeated'>
  /** Each one is an alarm: a decision was refused because the engines read it differently. */
  readonly disagreements: Counter
}

/** Times every answer by route and status, and counts determinations by outcome. */
export function registerMetrics(app: FastifyInstance): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer, by method, route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  })
  app.addHook('onResponse', async ({ method, routeOptions }, reply) => {
    const labels = { method, route: routeOptions.url ?? 'none', status: reply.statusCode }
    durations.observe(labels, reply.elapsedTime / 1000)
  })
  const determinations = new Counter({
    name: 'huimin_determinations_total',
    help: 'Determinations computed, by outcome',
    labelNames: ['outcome'],
    registers,
  })
  const decisions = new Counter({
    name: 'huimin_decisions_total',
    help: 'Decisions recorded, or found again under their idempotency key',
    labelNames: ['repeated'],
    registers,
  })
  const disagreements = new Counter({
    name: 'huimin_engine_disagreements_total',
    help: 'Decisions refused because the two engines disagree: look into each',
    registers,
  })
  return { registry, determinations, decisions, disagreements }
}
